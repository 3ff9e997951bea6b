#include <libxml/xmlversion.h>
// ICU's declarations are not needed, and clash with those of Swift's Foundation.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlwriter.h>
