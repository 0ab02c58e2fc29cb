// CRC-32C, RFC 3720 appendix B.4. The instruction takes three cycles and may begin anew each cycle, so three blocks are
// taken side by side and their checksums joined: a checksum is moved over the zeros of a block by a table look-up for
// each of its bytes (after Mark Adler's crc32c.c).
#include "CStoreShims.h"

#include <pthread.h>
#include <string.h>

#if defined(__aarch64__)
#include <arm_acle.h>
#include <sys/auxv.h>
#endif

#define POLYNOMIAL 0x82F63B78u
/// Bytes of each of the three blocks.
#define BLOCK 512

static uint32_t tables[8][256];
static uint32_t over_block[4][256];
/// x to the power of 2 to the power of the index, modulo the polynomial.
static uint32_t squares[32];
static int has_instruction;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static uint32_t bytewise(uint32_t state, const unsigned char *bytes, size_t count) {
  while (count--) state = state >> 8 ^ tables[0][(state ^ *bytes++) & 255];
  return state;
}

/// The product of two polynomials, modulo the polynomial of the checksum; the highest bit is x to the power of 0.
static uint32_t multiply(uint32_t a, uint32_t b) {
  uint32_t product = 0;
  for (int bit = 31; bit >= 0; bit--) {
    product ^= b & -(a >> bit & 1);
    b = b >> 1 ^ (POLYNOMIAL & -(b & 1));
  }
  return product;
}

static void prepare(void) {
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ POLYNOMIAL : crc >> 1;
    tables[0][byte] = crc;
  }
  for (int table = 1; table < 8; table++)
    for (int byte = 0; byte < 256; byte++)
      tables[table][byte] = tables[table - 1][byte] >> 8 ^ tables[0][tables[table - 1][byte] & 255];
  static const unsigned char zeros[BLOCK];
  // Linear: what a byte comes to is the sum of what its bits come to.
  for (int place = 0; place < 4; place++)
    for (uint32_t bit = 1; bit < 256; bit <<= 1) {
      over_block[place][bit] = bytewise(bit << (8 * place), zeros, BLOCK);
      for (uint32_t rest = 1; rest < bit; rest++)
        over_block[place][bit | rest] = over_block[place][bit] ^ over_block[place][rest];
    }
  squares[0] = 1u << 30;
  for (int power = 1; power < 32; power++) squares[power] = multiply(squares[power - 1], squares[power - 1]);
#if defined(__x86_64__)
  has_instruction = __builtin_cpu_supports("sse4.2");
#elif defined(__aarch64__)
  has_instruction = (getauxval(AT_HWCAP) & HWCAP_CRC32) != 0;
#endif
}

static inline uint64_t word(const unsigned char *bytes) {
  uint64_t value;
  memcpy(&value, bytes, 8);
  return value;
}

static uint32_t by_tables(uint32_t state, const unsigned char *bytes, size_t count) {
  for (; count >= 8; bytes += 8, count -= 8) {
    uint64_t next = word(bytes);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    next = __builtin_bswap64(next);
#endif
    next ^= state;
    state = tables[7][next & 255] ^ tables[6][next >> 8 & 255] ^ tables[5][next >> 16 & 255] ^
            tables[4][next >> 24 & 255] ^ tables[3][next >> 32 & 255] ^ tables[2][next >> 40 & 255] ^
            tables[1][next >> 48 & 255] ^ tables[0][next >> 56];
  }
  return bytewise(state, bytes, count);
}

#if defined(__x86_64__) || defined(__aarch64__)
#if defined(__x86_64__)
#define TARGET __attribute__((target("sse4.2")))
#define STEP8(state, value) ((uint32_t)__builtin_ia32_crc32di((state), (value)))
#define STEP1(state, value) __builtin_ia32_crc32qi((state), (value))
#else
#define TARGET __attribute__((target("crc")))
#define STEP8(state, value) __crc32cd((state), (value))
#define STEP1(state, value) __crc32cb((state), (value))
#endif

static inline uint32_t move_over_block(uint32_t state) {
  return over_block[0][state & 255] ^ over_block[1][state >> 8 & 255] ^ over_block[2][state >> 16 & 255] ^
         over_block[3][state >> 24];
}

TARGET static uint32_t by_instruction(uint32_t state, const unsigned char *bytes, size_t count) {
  for (; count >= 3 * BLOCK; bytes += 3 * BLOCK, count -= 3 * BLOCK) {
    uint32_t second = 0, third = 0;
    for (size_t at = 0; at < BLOCK; at += 8) {
      state = STEP8(state, word(bytes + at));
      second = STEP8(second, word(bytes + BLOCK + at));
      third = STEP8(third, word(bytes + 2 * BLOCK + at));
    }
    state = move_over_block(move_over_block(state) ^ second) ^ third;
  }
  for (; count >= 8; bytes += 8, count -= 8) state = STEP8(state, word(bytes));
  for (; count > 0; bytes++, count--) state = STEP1(state, *bytes);
  return state;
}
#endif

uint32_t precis_crc32c(uint32_t crc, const void *bytes, size_t count) {
  pthread_once(&once, prepare);
#if defined(__x86_64__) || defined(__aarch64__)
  if (has_instruction) return ~by_instruction(~crc, bytes, count);
#endif
  return ~by_tables(~crc, bytes, count);
}

uint32_t precis_crc32c_tables(uint32_t crc, const void *bytes, size_t count) {
  pthread_once(&once, prepare);
  return ~by_tables(~crc, bytes, count);
}

uint32_t precis_crc32c_shift(size_t count) {
  pthread_once(&once, prepare);
  uint32_t shift = 1u << 31;
  for (int power = 3; count > 0 && power < 32; count >>= 1, power++)
    if (count & 1) shift = multiply(squares[power], shift);
  return shift;
}

uint32_t precis_crc32c_join(uint32_t first, uint32_t shift, uint32_t second) {
  return multiply(shift, first) ^ second;
}
