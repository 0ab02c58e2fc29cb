#ifndef PRECIS_STORE_SHIMS_H
#define PRECIS_STORE_SHIMS_H

#include <stddef.h>
#include <stdint.h>

/// CRC-32C (Castagnoli) of `count` bytes, going on from the `crc` of the bytes before; 0 to begin.
///
/// By the processor's own instruction where it has one, else by tables.
uint32_t precis_crc32c(uint32_t crc, const void *bytes, size_t count);

/// The same by tables, on every processor: for the tests.
uint32_t precis_crc32c_tables(uint32_t crc, const void *bytes, size_t count);

/// What `precis_crc32c_join` needs to know of a part of `count` bytes, fewer than 512 MiB.
uint32_t precis_crc32c_shift(size_t count);

/// The checksum of two parts that stand one after the other, from the checksum of each and the `shift` of the second.
uint32_t precis_crc32c_join(uint32_t first, uint32_t shift, uint32_t second);

/// sync_file_range(2) with SYNC_FILE_RANGE_WRITE, which Swift does not import: the disk begins to write, nobody waits.
void precis_start_writing(int descriptor, int64_t offset, int64_t count);

/// fallocate(2) with FALLOC_FL_KEEP_SIZE: space behind the end of a file, which stays where it is.
void precis_reserve(int descriptor, int64_t offset, int64_t count);

#endif
