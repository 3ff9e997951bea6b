// Passes every XML file below a folder through libxml2's SAX2 parser with empty callbacks.
#define _XOPEN_SOURCE 700
#include <libxml/parser.h>

#include "files.h"

static void start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                  int namespaces, const xmlChar **declared, int attributes, int defaulted,
                  const xmlChar **values) {
  (void)context, (void)name, (void)prefix, (void)uri, (void)namespaces, (void)declared;
  (void)attributes, (void)defaulted, (void)values;
}

static void end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  (void)context, (void)name, (void)prefix, (void)uri;
}

static void characters(void *context, const xmlChar *text, int length) {
  (void)context, (void)text, (void)length;
}

static xmlSAXHandler handler;

static void parse(char *bytes, size_t count) {
  if (xmlSAXUserParseMemory(&handler, NULL, bytes, (int)count)) exit(1);
}

int main(int count, char **arguments) {
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = start;
  handler.endElementNs = end;
  handler.characters = characters;
  return count != 2 || visit_files(arguments[1], ".xml", parse) ? 1 : 0;
}
