#ifndef PRECIS_SQLITE_SHIMS_H
#define PRECIS_SQLITE_SHIMS_H

#include <sqlite3.h>

/// Gives a connection the FTS5 function `relevance(table, last rowid, weight of each column…)`: BM25 with the sign turned, the
/// most relevant greatest. Gives an SQLite result code.
int precis_add_relevance(sqlite3 *_Nonnull database);

#endif
