// What the disk and SQLite allow, for the lines of a store: baseline MODE DIR FILE [BATCH]
//   plain    appends the lines of FILE to DIR/plain.ndjson, BATCH a write and an fdatasync
//   sqlite   inserts them into DIR/rows.db (WAL, synchronous=FULL), BATCH a transaction, id the primary key
//   lookup   1,000 look-ups by id in DIR/rows.db
// The lines are read into memory before the clock starts.
#define _GNU_SOURCE
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void die(const char *what) {
  perror(what);
  exit(74);
}

static void sql(sqlite3 *db, const char *text) {
  char *error = NULL;
  if (sqlite3_exec(db, text, NULL, NULL, &error)) {
    fprintf(stderr, "%s: %s\n", text, error);
    exit(74);
  }
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
  if (argc < 4) return 64;
  const char *mode = argv[1], *dir = argv[2];
  long batch = argc > 4 ? atol(argv[4]) : 30;
  FILE *in = fopen(argv[3], "r");
  if (!in) die(argv[3]);
  fseek(in, 0, SEEK_END);
  long size = ftell(in);
  rewind(in);
  char *bytes = malloc(size + 1);
  if (fread(bytes, 1, size, in) != (size_t)size) die(argv[3]);
  long count = 0;
  for (long i = 0; i < size; i++) count += bytes[i] == '\n';
  char **starts = malloc(sizeof(char *) * (count + 1));
  char *at = bytes;
  for (long i = 0; i < count; i++) {
    starts[i] = at;
    at = (char *)memchr(at, '\n', size - (at - bytes)) + 1;
  }
  starts[count] = at;
  char path[4096];
  mkdir(dir, 0755);
  if (!strcmp(mode, "plain")) {
    snprintf(path, sizeof path, "%s/plain.ndjson", dir);
    unlink(path);
    int fd = open(path, O_CREAT | O_WRONLY | O_APPEND, 0644);
    if (fd < 0) die(path);
    double begun = now();
    for (long i = 0; i < count; i += batch) {
      long end = i + batch < count ? i + batch : count;
      size_t length = starts[end] - starts[i];
      if (write(fd, starts[i], length) != (ssize_t)length) die("write");
      if (fdatasync(fd)) die("fdatasync");
    }
    printf("articles_per_second %.2f 1/s\n", count / (now() - begun));
    return 0;
  }
  sqlite3 *db;
  sqlite3_stmt *statement;
  snprintf(path, sizeof path, "%s/rows.db", dir);
  if (!strcmp(mode, "sqlite")) {
    unlink(path);
    if (sqlite3_open(path, &db)) die(path);
    sql(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE TABLE rows (id TEXT PRIMARY KEY, json TEXT NOT NULL)");
    sqlite3_prepare_v2(db, "INSERT OR REPLACE INTO rows VALUES (?, ?)", -1, &statement, NULL);
    double begun = now();
    for (long i = 0; i < count; i += batch) {
      sql(db, "BEGIN");
      for (long j = i; j < i + batch && j < count; j++) {
        char *id = strstr(starts[j], "\"id\":\"") + 6;
        sqlite3_bind_text(statement, 1, id, 24, SQLITE_STATIC);
        sqlite3_bind_text(statement, 2, starts[j], (int)(starts[j + 1] - starts[j] - 1), SQLITE_STATIC);
        if (sqlite3_step(statement) != SQLITE_DONE) die("insert");
        sqlite3_reset(statement);
      }
      sql(db, "COMMIT");
    }
    printf("articles_per_second %.2f 1/s\n", count / (now() - begun));
    sqlite3_finalize(statement);
    sqlite3_close(db);
    struct stat status;
    stat(path, &status);
    printf("bytes_per_article %.2f B\n", (double)status.st_size / count);
    return 0;
  }
  if (sqlite3_open(path, &db)) die(path);
  sqlite3_prepare_v2(db, "SELECT json FROM rows WHERE id = ?", -1, &statement, NULL);
  static double times[1000];
  unsigned long seed = 42;
  for (int i = 0; i < 1000; i++) {
    seed = seed * 6364136223846793005ul + 1442695040888963407ul;
    char *id = strstr(starts[(seed >> 33) % count], "\"id\":\"") + 6;
    double begun = now();
    sqlite3_bind_text(statement, 1, id, 24, SQLITE_STATIC);
    if (sqlite3_step(statement) != SQLITE_ROW) die("no such row");
    if (sqlite3_column_bytes(statement, 0) == 0) die("empty row");
    sqlite3_reset(statement);
    times[i] = now() - begun;
  }
  qsort(times, 1000, sizeof *times, ascending);
  printf("by_id %.4f ms\n", times[500] * 1000);
  return 0;
}
