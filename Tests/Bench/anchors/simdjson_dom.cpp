// Parses every JSON file below a folder with simdjson's DOM, one parser for all.
#include <simdjson.h>

extern "C" {
#include "files.h"
}

static simdjson::dom::parser parser;

static void parse(char *bytes, size_t count) {
  simdjson::dom::element element;
  if (parser.parse(reinterpret_cast<const uint8_t *>(bytes), count, false).get(element)) exit(1);
}

int main(int count, char **arguments) {
  return count != 2 || visit_files(arguments[1], ".json", parse) ? 1 : 0;
}
