// Looks through bytes, sixteen at a time where the processor has SSE2, else eight.
//
// A header, because Swift's own vectors have no instruction that makes a number of a comparison's
// sixteen results. All functions read behind the bytes that they are asked about: SCAN_WIDTH bytes,
// or SCAN_LONGEST, have to be readable.
#pragma once

/// The most bytes that one call looks at.
#if defined(__SSE2__)
#define SCAN_WIDTH 16
#else
#define SCAN_WIDTH 8
#endif

/// The most bytes that `scan_is_same` compares.
#define SCAN_LONGEST 64

#if defined(__SSE2__)

typedef char scan_vector __attribute__((vector_size(16)));

static inline scan_vector scan_load(const unsigned char *start) {
  scan_vector bytes;
  __builtin_memcpy(&bytes, start, sizeof(bytes));
  return bytes;
}

/// The place of the first byte of which something holds; SCAN_WIDTH where there is none.
static inline long scan_first(scan_vector holds) {
  return __builtin_ctz((unsigned)__builtin_ia32_pmovmskb128(holds) | 1u << SCAN_WIDTH);
}

#else

typedef unsigned long long scan_word;

#define SCAN_ALL(byte) (0x0101010101010101ull * (byte))

static inline scan_word scan_load(const unsigned char *start) {
  scan_word word;
  __builtin_memcpy(&word, start, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

/// The high bits of the bytes that are zero, and perhaps of some behind the first one.
static inline scan_word scan_zeros(scan_word word) {
  return (word - SCAN_ALL(1)) & ~word & SCAN_ALL(0x80);
}

static inline long scan_first(scan_word holds) {
  return holds ? __builtin_ctzll(holds) / 8 : SCAN_WIDTH;
}

#endif

/// Says that memory will be read soon.
static inline void scan_prefetch(const void *address) { __builtin_prefetch(address); }

/// How many bytes precede the first quote, backslash, control character or byte that is not ASCII.
static inline long scan_plain(const unsigned char *start) {
#if defined(__SSE2__)
  scan_vector bytes = scan_load(start);
  // Bytes are signed: those that are not ASCII are below zero.
  return scan_first((scan_vector)((bytes == '"') | (bytes == '\\') | (bytes < 0x20)));
#else
  scan_word word = scan_load(start);
  // Borrows can set a bit wrongly only behind the first byte that is found rightly.
  return scan_first(
      (((word ^ SCAN_ALL('"')) - SCAN_ALL(1)) | ((word ^ SCAN_ALL('\\')) - SCAN_ALL(1))
       | (word - SCAN_ALL(0x20)) | word) & SCAN_ALL(0x80));
#endif
}

/// How many bytes precede the first quote or backslash.
static inline long scan_string(const unsigned char *start) {
#if defined(__SSE2__)
  scan_vector bytes = scan_load(start);
  return scan_first((scan_vector)((bytes == '"') | (bytes == '\\')));
#else
  scan_word word = scan_load(start);
  return scan_first(scan_zeros(word ^ SCAN_ALL('"')) | scan_zeros(word ^ SCAN_ALL('\\')));
#endif
}

/// How many bytes precede the first quote, brace or square bracket.
static inline long scan_structure(const unsigned char *start) {
  // Opening brackets are one bit away from each other, and so are closing ones.
#if defined(__SSE2__)
  scan_vector bytes = scan_load(start), folded = bytes | 0x20;
  return scan_first((scan_vector)((bytes == '"') | (folded == '{') | (folded == '}')));
#else
  scan_word word = scan_load(start), folded = word | SCAN_ALL(0x20);
  return scan_first(
      scan_zeros(word ^ SCAN_ALL('"')) | scan_zeros(folded ^ SCAN_ALL('{'))
      | scan_zeros(folded ^ SCAN_ALL('}')));
#endif
}

/// How many bytes precede the first one that is neither a space nor a line feed.
static inline long scan_blanks(const unsigned char *start) {
#if defined(__SSE2__)
  scan_vector bytes = scan_load(start);
  return scan_first((scan_vector)((bytes != ' ') & (bytes != '\n')));
#else
  for (long count = 0; count < SCAN_WIDTH; count++)
    if (start[count] != ' ' && start[count] != '\n') return count;
  return SCAN_WIDTH;
#endif
}

/// Whether two texts have the same first bytes: from one to SCAN_LONGEST of them.
static inline int scan_is_same(
    const unsigned char *left, const unsigned char *right, unsigned long count) {
#if defined(__SSE2__)
  unsigned long long same = 0;
  for (int part = 0; part < SCAN_LONGEST / SCAN_WIDTH; part++) {
    scan_vector equal = (scan_vector)(scan_load(left + part * SCAN_WIDTH)
                                      == scan_load(right + part * SCAN_WIDTH));
    same |= (unsigned long long)(unsigned)__builtin_ia32_pmovmskb128(equal) << part * SCAN_WIDTH;
  }
  return ~same << (SCAN_LONGEST - count) == 0;
#else
  return __builtin_memcmp(left, right, count) == 0;
#endif
}
