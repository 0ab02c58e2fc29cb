#define _GNU_SOURCE
#include "CStoreShims.h"

#include <fcntl.h>

void precis_start_writing(int descriptor, int64_t offset, int64_t count) {
  // A hint: a file system that does not know it costs time, not bytes.
  (void)sync_file_range(descriptor, offset, count, SYNC_FILE_RANGE_WRITE);
}

void precis_reserve(int descriptor, int64_t offset, int64_t count) {
  // A hint, too.
  (void)fallocate(descriptor, FALLOC_FL_KEEP_SIZE, offset, count);
}
