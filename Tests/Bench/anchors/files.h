// What the anchors in C share: every file below a folder, read whole, padded with zeros.
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define PADDING 64

typedef void (*visitor)(char *bytes, size_t count);
static visitor visit_bytes;
static const char *wanted_suffix;

static int visit_path(const char *path, const struct stat *status, int kind, struct FTW *walk) {
  (void)walk;
  size_t length = strlen(path), suffix = strlen(wanted_suffix);
  if (kind != FTW_F || length < suffix || strcmp(path + length - suffix, wanted_suffix)) return 0;
  size_t count = (size_t)status->st_size;
  char *bytes = (char *)malloc(count + PADDING);
  FILE *file = fopen(path, "rb");
  if (!bytes || !file || fread(bytes, 1, count, file) != count) return 1;
  fclose(file);
  memset(bytes + count, 0, PADDING);
  visit_bytes(bytes, count);
  free(bytes);
  return 0;
}

static int visit_files(const char *root, const char *suffix, visitor visit) {
  visit_bytes = visit;
  wanted_suffix = suffix;
  return nftw(root, visit_path, 64, FTW_PHYS);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}
