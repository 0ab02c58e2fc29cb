/* What C on libxml2 does with the same feeds: yardstick MODE FILE...
 *   json  SAX2 push parser, the text of every element, each written as a JSON string into one buffer
 *   html  SAX2 push parser, the text of every element; those of contents go through the HTML SAX parser, empty callbacks
 *   tree  as html, but a tree is built of the HTML and written again: what a sanitiser on trees costs at least
 */
#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct buffer { char *bytes; size_t count, room; };
static struct buffer text, out;
static enum { JSON, HTML, TREE } mode;
static size_t checksum;

static void append(struct buffer *b, const void *bytes, size_t count) {
  if (b->count + count > b->room) {
    b->room = (b->count + count) * 2;
    if (!(b->bytes = realloc(b->bytes, b->room))) abort();
  }
  memcpy(b->bytes + b->count, bytes, count);
  b->count += count;
}

static void write_json(const struct buffer *b) {
  size_t from = 0;
  append(&out, "\"", 1);
  for (size_t at = 0; at < b->count; at++) {
    unsigned char c = b->bytes[at];
    char escaped[8];
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    append(&out, b->bytes + from, at - from);
    from = at + 1;
    if (c == '"' || c == '\\') append(&out, c == '"' ? "\\\"" : "\\\\", 2);
    else if (c == '\n') append(&out, "\\n", 2);
    else append(&out, escaped, snprintf(escaped, sizeof escaped, "\\u%04x", c));
  }
  append(&out, b->bytes + from, b->count - from);
  append(&out, "\",", 2);
}

static void html_start(void *me, const xmlChar *name, const xmlChar **attributes) { checksum++; }
static void html_end(void *me, const xmlChar *name) { checksum++; }
static void html_text(void *me, const xmlChar *bytes, int count) { checksum += count; }

static void read_html(const struct buffer *b) {
  static htmlSAXHandler sax = { .startElement = html_start, .endElement = html_end, .characters = html_text,
    .cdataBlock = html_text, .ignorableWhitespace = html_text };
  if (mode == HTML) {
    htmlParserCtxtPtr c = htmlCreatePushParserCtxt(&sax, NULL, b->bytes, b->count, NULL, XML_CHAR_ENCODING_UTF8);
    htmlParseChunk(c, NULL, 0, 1);
    xmlFreeDoc(c->myDoc);
    htmlFreeParserCtxt(c);
    return;
  }
  htmlDocPtr d = htmlReadMemory(b->bytes, b->count, NULL, "UTF-8",
    HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
  xmlChar *written = NULL;
  int count = 0;
  if (d) htmlDocDumpMemoryFormat(d, &written, &count, 0);
  checksum += count;
  xmlFree(written);
  xmlFreeDoc(d);
}

static void start(void *me, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int ns, const xmlChar **n,
                  int count, int defaults, const xmlChar **attributes) {
  text.count = 0;
  if (!strcmp((const char *)name, "item") || !strcmp((const char *)name, "entry")) out.count = 0;
}
static void characters(void *me, const xmlChar *bytes, int count) { append(&text, bytes, count); }
static void end(void *me, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  const char *n = (const char *)name;
  if (text.count && mode == JSON) write_json(&text);
  if (text.count && mode != JSON && (!strcmp(n, "encoded") || !strcmp(n, "content") || !strcmp(n, "description")))
    read_html(&text);
  text.count = 0;
}
static void quiet(void *me, const char *message, ...) {}

int main(int count, char **arguments) {
  static char chunk[65536];
  if (count < 3) return 64;
  mode = !strcmp(arguments[1], "json") ? JSON : !strcmp(arguments[1], "html") ? HTML : TREE;
  xmlSetGenericErrorFunc(NULL, quiet);
  for (int i = 2; i < count; i++) {
    xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC, .startElementNs = start, .endElementNs = end,
      .characters = characters, .cdataBlock = characters, .ignorableWhitespace = characters };
    FILE *file = fopen(arguments[i], "rb");
    if (!file) return 66;
    setvbuf(file, NULL, _IONBF, 0);
    xmlParserCtxtPtr c = xmlCreatePushParserCtxt(&sax, NULL, NULL, 0, NULL);
    xmlCtxtUseOptions(c, XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_HUGE | XML_PARSE_NOERROR);
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, file));) xmlParseChunk(c, chunk, n, 0);
    xmlParseChunk(c, NULL, 0, 1);
    xmlFreeDoc(c->myDoc);
    xmlFreeParserCtxt(c);
    fclose(file);
  }
  printf("%zu %zu\n", checksum, out.count);
  return 0;
}
