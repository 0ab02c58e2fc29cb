// BM25 as FTS5 has it, but for how often a word is found in all rows: FTS5's function goes through every row that has it, which
// of a million rows costs more than everything else in a search. This one goes through the first few thousand and concludes
// from how far it came.
#include "CSQLiteShims.h"

#include <math.h>
#include <string.h>

#define SATURATION 1.2
#define LENGTH_SHARE 0.75
/// Rows of a word that are counted.
#define COUNTED 3000

struct counting {
  sqlite3_int64 rows;
  sqlite3_int64 last;
};

/// What is the same for all rows of a query.
struct query {
  int phrases;
  double average_length;
  /// Of each phrase the inverse document frequency, and behind them room for its frequency in a row.
  double numbers[];
};

static int count_row(const Fts5ExtensionApi *api, Fts5Context *row, void *data) {
  struct counting *counting = data;
  counting->rows++;
  counting->last = api->xRowid(row);
  return counting->rows < COUNTED ? SQLITE_OK : SQLITE_DONE;
}

static int begin(const Fts5ExtensionApi *api, Fts5Context *row, sqlite3_int64 last_row, struct query **made) {
  int phrases = api->xPhraseCount(row);
  struct query *query = sqlite3_malloc64(sizeof *query + 2 * sizeof(double) * (sqlite3_uint64)phrases);
  if (!query) return SQLITE_NOMEM;
  query->phrases = phrases;
  sqlite3_int64 rows = 0, tokens = 0;
  int code = api->xRowCount(row, &rows);
  if (code == SQLITE_OK) code = api->xColumnTotalSize(row, -1, &tokens);
  query->average_length = rows > 0 && tokens > 0 ? (double)tokens / (double)rows : 1;
  for (int phrase = 0; phrase < phrases && code == SQLITE_OK; phrase++) {
    struct counting counting = {0, 0};
    code = api->xQueryPhrase(row, phrase, &counting, count_row);
    double found = (double)counting.rows;
    if (counting.rows >= COUNTED && counting.last > 0 && counting.last < last_row)
      found *= (double)last_row / (double)counting.last;
    double frequency = log(((double)rows - found + 0.5) / (found + 0.5));
    // A word that most rows have says little, but not nothing.
    query->numbers[phrase] = frequency > 1e-6 ? frequency : 1e-6;
  }
  if (code == SQLITE_OK) code = api->xSetAuxdata(row, query, sqlite3_free);
  else sqlite3_free(query);
  *made = query;
  return code;
}

static int weigh(const Fts5ExtensionApi *api, Fts5Context *row, struct query *query, int count,
                 sqlite3_value **weights, double *score) {
  double *frequencies = query->numbers + query->phrases;
  memset(frequencies, 0, sizeof(double) * (size_t)query->phrases);
  int instances = 0;
  int code = api->xInstCount(row, &instances);
  for (int i = 0; i < instances && code == SQLITE_OK; i++) {
    int phrase, column, offset;
    code = api->xInst(row, i, &phrase, &column, &offset);
    if (code == SQLITE_OK) frequencies[phrase] += column < count ? sqlite3_value_double(weights[column]) : 1;
  }
  int length = 0;
  if (code == SQLITE_OK) code = api->xColumnSize(row, -1, &length);
  double penalty = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / query->average_length);
  *score = 0;
  for (int phrase = 0; phrase < query->phrases; phrase++)
    *score += query->numbers[phrase] * frequencies[phrase] * (SATURATION + 1) / (frequencies[phrase] + penalty);
  return code;
}

static void relevance(const Fts5ExtensionApi *api, Fts5Context *row, sqlite3_context *result, int count,
                      sqlite3_value **arguments) {
  struct query *query = api->xGetAuxdata(row, 0);
  double score = 0;
  int code = SQLITE_OK;
  if (!query) code = begin(api, row, count > 0 ? sqlite3_value_int64(arguments[0]) : 0, &query);
  if (code == SQLITE_OK) code = weigh(api, row, query, count - 1, arguments + 1, &score);
  if (code == SQLITE_OK) sqlite3_result_double(result, score);
  else sqlite3_result_error_code(result, code);
}

int precis_add_relevance(sqlite3 *database) {
  fts5_api *api = NULL;
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, NULL);
  if (code != SQLITE_OK) return code;
  sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step(statement);
  code = sqlite3_finalize(statement);
  if (code != SQLITE_OK) return code;
  return api ? api->xCreateFunction(api, "relevance", NULL, relevance, NULL) : SQLITE_ERROR;
}
