/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-error.h"
#include "core/wb-label-template-private.h"

#define LABEL_GROUP "Label"
#define MAX_SIZE (64 * 1024)
#define MAX_PARTS 200u
#define MAX_ROWS 100
#define MIN_PAPER_UM 5000
#define MAX_PAPER_UM 500000

/* Reading one file. */
typedef struct
{
  GKeyFile *keys;
  const char *file;
  const char *language;
  GHashTable *images;
  WbLabelTemplate *template;
} Reader;

/* What a type of element is told, beside where it is. */
static const struct
{
  const char *name;
  const char *keys;
  gboolean has_height;
} types[] = {
  [WB_LABEL_PART_TEXT] = { "text", "text align bold", TRUE },
  [WB_LABEL_PART_LINES] = { "lines", "text align bold pitch line-height most wrap", FALSE },
  [WB_LABEL_PART_SYMBOL] = { "symbol", "symbol data align", TRUE },
  [WB_LABEL_PART_IMAGE] = { "image", "image align optional", TRUE },
  [WB_LABEL_PART_FRAME] = { "frame", "line", TRUE },
  [WB_LABEL_PART_BAR] = { "bar", "", TRUE },
};

#define COMMON_KEYS "type x y width height rotate when repeat"
#define LABEL_KEYS "document title job width height"

static gboolean
refuse (const Reader *reader, const char *group, const char *key, GError **error, const char *format, ...)
  G_GNUC_PRINTF (5, 6);

/* "file: [group] key: what is wrong". */
static gboolean
refuse (const Reader *reader, const char *group, const char *key, GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: [%s]%s%s: %s", reader->file, group, key != NULL ? " " : "",
               key != NULL ? key : "", text);
  return FALSE;
}

/* ---- Freeing ----------------------------------------------------------------------------------- */

static void
piece_free (gpointer data)
{
  WbLabelPiece *piece = data;

  g_free (piece->literal);
  g_free (piece->format);
  g_free (piece);
}

static void
condition_free (gpointer data)
{
  WbLabelCondition *condition = data;

  g_free (condition->value);
  g_free (condition);
}

static void
part_free (gpointer data)
{
  WbLabelPart *part = data;

  g_free (part->group);
  g_clear_pointer (&part->pieces, g_ptr_array_unref);
  g_clear_pointer (&part->conditions, g_ptr_array_unref);
  g_clear_pointer (&part->symbols, g_array_unref);
  g_clear_pointer (&part->image, g_bytes_unref);
  g_free (part);
}

void
wb_label_template_free (WbLabelTemplate *self)
{
  if (self == NULL)
    return;
  g_free (self->file);
  g_free (self->title);
  g_clear_pointer (&self->job, g_ptr_array_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self);
}

/* ---- Keys -------------------------------------------------------------------------------------- */

static gboolean
has_key (const Reader *reader, const char *group, const char *key)
{
  return g_key_file_has_key (reader->keys, group, key, NULL);
}

/* NULL without an error when the key is not there. */
static char *
read_text (const Reader *reader, const char *group, const char *key, GError **error)
{
  g_autoptr (GError) problem = NULL;
  char *text = NULL;

  if (!has_key (reader, group, key))
    return NULL;
  text = g_key_file_get_locale_string (reader->keys, group, key, reader->language, &problem);
  if (text == NULL)
    refuse (reader, group, key, error, "%s", problem->message);
  return text;
}

/* Whole micrometres of "12", "12.5", "0.125"; FALSE when it is nothing of that kind. */
static gboolean
parse_mm (const char *text, guint *um)
{
  guint64 value = 0;
  guint decimals = 0;
  gboolean point = FALSE;

  if (!g_ascii_isdigit (*text))
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '.' && !point)
        point = TRUE;
      else if (g_ascii_isdigit (*c) && value < 10000000 && (!point || decimals++ < 3))
        value = value * 10 + (guint64) (*c - '0');
      else
        return FALSE;
    }
  while (decimals++ < 3)
    value *= 10;
  *um = (guint) MIN (value, G_MAXINT);
  return TRUE;
}

static gboolean
read_mm (const Reader *reader, const char *group, const char *key, gboolean required, guint *um, GError **error)
{
  g_autofree char *text = g_key_file_get_string (reader->keys, group, key, NULL);

  if (text == NULL)
    return !required || refuse (reader, group, key, error, _ ("is missing; write it in millimetres, such as %s=12.5"), key);
  if (!parse_mm (g_strstrip (text), um))
    return refuse (reader, group, key, error, _ ("“%s” is no length; write millimetres, such as 12 or 12.5"), text);
  return TRUE;
}

static gboolean
read_number (const Reader *reader, const char *group, const char *key, guint most, guint *number, GError **error)
{
  g_autofree char *text = g_key_file_get_string (reader->keys, group, key, NULL);
  guint64 value = 0;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (g_strstrip (text), 10, 1, most, &value, NULL))
    return refuse (reader, group, key, error, _ ("“%s” is no whole number from 1 to %u"), text, most);
  *number = (guint) value;
  return TRUE;
}

/* A key of the list, or one of its translations, "text[de]". */
static gboolean
is_known_key (const char *key, const char *const *known)
{
  const char *bracket = strchr (key, '[');
  g_autofree char *name = bracket != NULL ? g_strndup (key, (gsize) (bracket - key)) : g_strdup (key);

  return g_strv_contains (known, name);
}

static gboolean
check_keys (const Reader *reader, const char *group, const char *own, const char *common, GError **error)
{
  g_autofree char *all = g_strconcat (common, *own != '\0' ? " " : "", own, NULL);
  g_auto (GStrv) known = g_strsplit (all, " ", -1);
  g_auto (GStrv) keys = g_key_file_get_keys (reader->keys, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (!is_known_key (keys[i], (const char *const *) known))
      {
        g_autofree char *list = g_strjoinv (", ", known);

        return refuse (reader, group, keys[i], error, _ ("is no key of this group; there are: %s"), list);
      }
  return TRUE;
}

/* ---- Fields ------------------------------------------------------------------------------------ */

static char *
list_fields (const WbLabelDocument *document)
{
  GString *list = g_string_new (NULL);

  for (const WbLabelField *field = document->fields; field->name != NULL; field++)
    g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", field->name);
  return g_string_free (list, FALSE);
}

static gboolean
is_field_of (const char *name, const WbLabelField *rows)
{
  gsize length = strlen (rows->name);

  return strncmp (name, rows->name, length) == 0 && name[length] == '.';
}

/* A field that this group can use: those of rows stand only where the rows are repeated. */
static const WbLabelField *
find_field (const Reader *reader, const char *group, const char *key, const char *name, const WbLabelField *repeat,
            GError **error)
{
  const WbLabelDocument *document = reader->template->document;
  const WbLabelField *field = wb_label_document_find_field (document, name);
  g_autofree char *list = NULL;

  if (field == NULL)
    {
      list = list_fields (document);
      refuse (reader, group, key, error, _ ("there is no field “%s” on a %s label; there are: %s"), name, document->name, list);
      return NULL;
    }
  for (const WbLabelField *rows = document->fields; rows->name != NULL; rows++)
    if (rows->type == WB_LABEL_FIELD_ROWS && is_field_of (name, rows) && rows != repeat)
      {
        refuse (reader, group, key, error, _ ("“%s” stands only in a group with repeat=%s"), name, rows->name);
        return NULL;
      }
  return field;
}

static void
add_literal (GPtrArray *pieces, GString *literal)
{
  WbLabelPiece *piece = NULL;

  if (literal->len == 0)
    return;
  piece = g_new0 (WbLabelPiece, 1);
  piece->literal = g_strndup (literal->str, literal->len);
  g_string_truncate (literal, 0);
  g_ptr_array_add (pieces, piece);
}

/* "${name}" or "${name:format}"; @inside is what stands between. */
static gboolean
add_field (const Reader *reader, const char *group, const char *key, const char *inside, const WbLabelField *repeat,
           GPtrArray *pieces, GError **error)
{
  g_auto (GStrv) words = g_strsplit (inside, ":", 2);
  const WbLabelField *field = NULL;
  WbLabelPiece *piece = NULL;

  field = find_field (reader, group, key, words[0] != NULL ? words[0] : "", repeat, error);
  if (field == NULL)
    return FALSE;
  if (!wb_label_field_check_format (field->type, words[1]))
    return refuse (reader, group, key, error, _ ("“${%s}” cannot be written so; see the formats of its kind of field"), inside);
  piece = g_new0 (WbLabelPiece, 1);
  piece->field = field;
  piece->format = g_strdup (words[1]);
  g_ptr_array_add (pieces, piece);
  return TRUE;
}

/* Literal text with fields in it; "$$" is one "$". */
static GPtrArray *
parse_pieces (const Reader *reader, const char *group, const char *key, const char *text, const WbLabelField *repeat,
              GError **error)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func (piece_free);
  g_autoptr (GString) literal = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    {
      g_autofree char *inside = NULL;
      const char *end = NULL;

      if (c[0] != '$' || (c[1] != '{' && c[1] != '$'))
        {
          g_string_append_c (literal, *c);
          continue;
        }
      if (c[1] == '$')
        {
          g_string_append_c (literal, *++c);
          continue;
        }
      end = strchr (c, '}');
      if (end == NULL)
        {
          refuse (reader, group, key, error, _ ("“${” has no “}”; for a dollar sign write “$$”"));
          return NULL;
        }
      add_literal (pieces, literal);
      inside = g_strndup (c + 2, (gsize) (end - c - 2));
      if (!add_field (reader, group, key, inside, repeat, pieces, error))
        return NULL;
      c = end;
    }
  add_literal (pieces, literal);
  return g_steal_pointer (&pieces);
}

/* "field", "!field", "field=value", "field!=value". */
static gboolean
add_condition (const Reader *reader, WbLabelPart *part, char *text, GError **error)
{
  char *equals = strchr (text, '=');
  const char *name = text;
  const char *value = NULL;
  WbLabelCondition *condition = NULL;
  gboolean is_not = FALSE;
  const WbLabelField *field = NULL;

  if (equals != NULL)
    {
      is_not = equals > text && equals[-1] == '!';
      equals[is_not ? -1 : 0] = '\0';
      value = equals + 1;
    }
  else if (*text == '!')
    {
      is_not = TRUE;
      name = text + 1;
    }
  field = find_field (reader, part->group, "when", name, part->repeat, error);
  if (field == NULL)
    return FALSE;
  condition = g_new0 (WbLabelCondition, 1);
  condition->field = field;
  condition->value = g_strdup (value);
  condition->is_not = is_not;
  g_ptr_array_add (part->conditions, condition);
  return TRUE;
}

static gboolean
read_conditions (const Reader *reader, WbLabelPart *part, GError **error)
{
  g_autofree char *text = g_key_file_get_string (reader->keys, part->group, "when", NULL);
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", ";", -1);

  part->conditions = g_ptr_array_new_with_free_func (condition_free);
  for (guint i = 0; words[i] != NULL; i++)
    if (*g_strstrip (words[i]) != '\0' && !add_condition (reader, part, words[i], error))
      return FALSE;
  return TRUE;
}

/* ---- Elements ---------------------------------------------------------------------------------- */

static gboolean
read_type (const Reader *reader, WbLabelPart *part, GError **error)
{
  g_autofree char *text = g_key_file_get_string (reader->keys, part->group, "type", NULL);

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (types); i++)
    if (strcmp (g_strstrip (text), types[i].name) == 0)
      {
        part->type = (WbLabelPartType) i;
        return TRUE;
      }
  return refuse (reader, part->group, "type", error, _ ("“%s” is no type; there are: text, lines, symbol, image, frame, bar"),
                 text != NULL ? text : "");
}

static gboolean
read_align (const Reader *reader, WbLabelPart *part, GError **error)
{
  static const char *const words[] = { "left", "centre", "right" };
  g_autofree char *text = g_key_file_get_string (reader->keys, part->group, "align", NULL);

  if (text == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (g_strstrip (text), words[i]) == 0)
      {
        part->align = (WbLabelAlign) i;
        return TRUE;
      }
  return refuse (reader, part->group, "align", error, _ ("“%s” is none of left, centre, right"), text);
}

/* "true", "false", or for lines also "first", "last" or both. */
static gboolean
read_bold (const Reader *reader, WbLabelPart *part, GError **error)
{
  g_autofree char *text = g_key_file_get_string (reader->keys, part->group, "bold", NULL);
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "false", ";", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *word = g_strstrip (words[i]);

      if (strcmp (word, "true") == 0)
        part->bold = TRUE;
      else if (strcmp (word, "first") == 0 && part->type == WB_LABEL_PART_LINES)
        part->bold_first = TRUE;
      else if (strcmp (word, "last") == 0 && part->type == WB_LABEL_PART_LINES)
        part->bold_last = TRUE;
      else if (strcmp (word, "false") != 0 && *word != '\0')
        return refuse (reader, part->group, "bold", error, _ ("“%s” is none of true, false; of lines also first and last"), word);
    }
  return TRUE;
}

static gboolean
read_turn (const Reader *reader, WbLabelPart *part, GError **error)
{
  g_autofree char *text = g_key_file_get_string (reader->keys, part->group, "rotate", NULL);
  guint64 turn = 0;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (g_strstrip (text), 10, 0, 270, &turn, NULL) || turn % 90 != 0)
    return refuse (reader, part->group, "rotate", error, _ ("“%s” is none of 0, 90, 180, 270 degrees"), text);
  part->turn = (guint) turn;
  return TRUE;
}

static gboolean
read_repeat (const Reader *reader, WbLabelPart *part, GError **error)
{
  g_autofree char *text = g_key_file_get_string (reader->keys, part->group, "repeat", NULL);

  part->most = 1;
  if (text == NULL)
    return TRUE;
  part->repeat = wb_label_document_find_field (reader->template->document, g_strstrip (text));
  if (part->repeat == NULL || part->repeat->type != WB_LABEL_FIELD_ROWS)
    return refuse (reader, part->group, "repeat", error, _ ("“%s” is no field of rows"), text);
  if (part->type == WB_LABEL_PART_LINES)
    return refuse (reader, part->group, "repeat", error, _ ("lines cannot be repeated; repeat a text"));
  return read_mm (reader, part->group, "pitch", TRUE, &part->pitch_um, error) &&
         read_number (reader, part->group, "most", MAX_ROWS, &part->most, error);
}

static gboolean
read_lines (const Reader *reader, WbLabelPart *part, GError **error)
{
  g_autofree char *text = g_key_file_get_string (reader->keys, part->group, "line-height", NULL);
  guint64 percent = 0;

  if (!read_mm (reader, part->group, "pitch", TRUE, &part->pitch_um, error) ||
      !read_number (reader, part->group, "most", MAX_ROWS, &part->most, error) ||
      !read_number (reader, part->group, "wrap", 1000, &part->wrap, error))
    return FALSE;
  part->line_percent = 80;
  if (text == NULL)
    return TRUE;
  if (g_str_has_suffix (g_strstrip (text), "%"))
    {
      text[strlen (text) - 1] = '\0';
      if (!g_ascii_string_to_unsigned (text, 10, 10, 100, &percent, NULL))
        return refuse (reader, part->group, "line-height", error, _ ("“%s%%” is not from 10%% to 100%%"), text);
      part->line_percent = (guint) percent;
      return TRUE;
    }
  part->line_percent = 0;
  return read_mm (reader, part->group, "line-height", TRUE, &part->line_um, error);
}

static gboolean
read_symbols (const Reader *reader, WbLabelPart *part, GError **error)
{
  g_autofree char *text = g_key_file_get_string (reader->keys, part->group, "symbol", NULL);
  g_auto (GStrv) names = g_strsplit (text != NULL ? text : "", ";", -1);
  g_autofree char *list = wb_symbology_names ();

  part->symbols = g_array_new (FALSE, FALSE, sizeof (WbLabelSymbol));
  for (guint i = 0; names[i] != NULL; i++)
    {
      const WbSymbology *symbology = wb_symbology_find (g_strstrip (names[i]));

      if (symbology != NULL)
        g_array_append_val (part->symbols, symbology->id);
      else if (*names[i] != '\0')
        return refuse (reader, part->group, "symbol", error, _ ("there is no barcode “%s”; there are: %s"), names[i], list);
    }
  if (part->symbols->len == 0)
    return refuse (reader, part->group, "symbol", error, _ ("is missing; there are: %s"), list);
  return TRUE;
}

static gboolean
read_image (const Reader *reader, WbLabelPart *part, GError **error)
{
  g_autofree char *name = g_key_file_get_string (reader->keys, part->group, "image", NULL);
  gboolean optional = g_key_file_get_boolean (reader->keys, part->group, "optional", NULL);
  GBytes *image = NULL;

  if (name == NULL)
    return refuse (reader, part->group, "image", error, _ ("is missing; write the name of a PNG beside the templates"));
  image = reader->images != NULL ? g_hash_table_lookup (reader->images, g_strstrip (name)) : NULL;
  if (image == NULL && !optional)
    return refuse (reader, part->group, "image", error,
                   _ ("there is no %s beside the templates; put it there, or write optional=true"), name);
  part->image = image != NULL ? g_bytes_ref (image) : NULL;
  return TRUE;
}

static gboolean
read_words (const Reader *reader, WbLabelPart *part, const char *key, GError **error)
{
  g_autofree char *text = NULL;

  if (!has_key (reader, part->group, key))
    return refuse (reader, part->group, key, error, _ ("is missing; write words, and fields such as ${%s}"),
                   reader->template->document->fields[0].name);
  text = read_text (reader, part->group, key, error);
  part->pieces = text != NULL ? parse_pieces (reader, part->group, key, text, part->repeat, error) : NULL;
  return part->pieces != NULL;
}

static gboolean
read_own_keys (const Reader *reader, WbLabelPart *part, GError **error)
{
  switch (part->type)
    {
    case WB_LABEL_PART_TEXT:
      return read_words (reader, part, "text", error) && read_bold (reader, part, error) && read_align (reader, part, error);
    case WB_LABEL_PART_LINES:
      return read_words (reader, part, "text", error) && read_bold (reader, part, error) &&
             read_align (reader, part, error) && read_lines (reader, part, error);
    case WB_LABEL_PART_SYMBOL:
      return read_words (reader, part, "data", error) && read_symbols (reader, part, error) && read_align (reader, part, error);
    case WB_LABEL_PART_IMAGE:
      return read_image (reader, part, error) && read_align (reader, part, error);
    case WB_LABEL_PART_FRAME:
      part->line_um = 500;
      return read_mm (reader, part->group, "line", FALSE, &part->line_um, error);
    case WB_LABEL_PART_BAR:
    default:
      return TRUE;
    }
}

/* Everything stays on the paper. */
static gboolean
check_place (const Reader *reader, const WbLabelPart *part, GError **error)
{
  const WbLabelTemplate *template = reader->template;
  guint64 right = (guint64) part->x_um + part->width_um;
  guint64 bottom = (guint64) part->y_um + part->height_um;

  if (part->repeat != NULL)
    bottom += (guint64) (part->most - 1) * part->pitch_um;
  if (part->width_um == 0 || part->height_um == 0)
    return refuse (reader, part->group, part->width_um == 0 ? "width" : "height", error, _ ("is nothing; write how large it is"));
  if (right > template->width_um)
    return refuse (reader, part->group, "width", error, _ ("it ends at %u.%u mm; the label is %u.%u mm wide"), (guint) (right / 1000),
                   (guint) (right % 1000 / 100), template->width_um / 1000, template->width_um % 1000 / 100);
  if (bottom > template->height_um)
    return refuse (reader, part->group, "height", error, _ ("it ends at %u.%u mm; the label is %u.%u mm high"),
                   (guint) (bottom / 1000), (guint) (bottom % 1000 / 100), template->height_um / 1000,
                   template->height_um % 1000 / 100);
  return TRUE;
}

static gboolean
read_part (const Reader *reader, const char *group, GError **error)
{
  WbLabelPart *part = g_new0 (WbLabelPart, 1);
  g_autofree char *own = NULL;

  g_ptr_array_add (reader->template->parts, part);
  part->group = g_strdup (group);
  if (!read_type (reader, part, error))
    return FALSE;
  own = g_strconcat (types[part->type].keys, has_key (reader, group, "repeat") ? " pitch most" : "", NULL);
  return check_keys (reader, group, g_strchug (own), COMMON_KEYS, error) &&
         read_mm (reader, group, "x", TRUE, &part->x_um, error) && read_mm (reader, group, "y", TRUE, &part->y_um, error) &&
         read_mm (reader, group, "width", TRUE, &part->width_um, error) &&
         read_mm (reader, group, "height", TRUE, &part->height_um, error) && read_turn (reader, part, error) &&
         read_repeat (reader, part, error) && read_conditions (reader, part, error) &&
         read_own_keys (reader, part, error) && check_place (reader, part, error);
}

static gboolean
read_label (const Reader *reader, GError **error)
{
  WbLabelTemplate *template = reader->template;
  g_autofree char *document = g_key_file_get_string (reader->keys, LABEL_GROUP, "document", NULL);
  g_autofree char *job = NULL;

  if (!g_key_file_has_group (reader->keys, LABEL_GROUP))
    return refuse (reader, LABEL_GROUP, NULL, error, _ ("the group is missing; it says document, width and height"));
  if (!check_keys (reader, LABEL_GROUP, "", LABEL_KEYS, error))
    return FALSE;
  template->document = wb_label_document_find (document != NULL ? g_strstrip (document) : "");
  if (template->document == NULL)
    return refuse (reader, LABEL_GROUP, "document", error,
                   _ ("“%s” is no document; there are: shipping, product, location, tote, badge, return, test"),
                   document != NULL ? document : "");
  if (!read_mm (reader, LABEL_GROUP, "width", TRUE, &template->width_um, error) ||
      !read_mm (reader, LABEL_GROUP, "height", TRUE, &template->height_um, error))
    return FALSE;
  if (MIN (template->width_um, template->height_um) < MIN_PAPER_UM || MAX (template->width_um, template->height_um) > MAX_PAPER_UM)
    return refuse (reader, LABEL_GROUP, "width", error, _ ("a label is from 5 to 500 mm wide and high"));
  template->title = read_text (reader, LABEL_GROUP, "title", NULL);
  if (template->title == NULL)
    template->title = g_strdup (template->document->title);
  job = read_text (reader, LABEL_GROUP, "job", NULL);
  template->job = parse_pieces (reader, LABEL_GROUP, "job", job != NULL ? job : template->document->name, NULL, error);
  return template->job != NULL;
}

static gboolean
read_template (const Reader *reader, GError **error)
{
  g_auto (GStrv) groups = NULL;
  gsize n_groups = 0;

  if (!read_label (reader, error))
    return FALSE;
  groups = g_key_file_get_groups (reader->keys, &n_groups);
  if (n_groups > MAX_PARTS)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_LIMIT, "%s: %u groups are more than the %u a label takes", reader->file,
                   (guint) n_groups, MAX_PARTS);
      return FALSE;
    }
  for (guint i = 0; groups[i] != NULL; i++)
    if (strcmp (groups[i], LABEL_GROUP) != 0 && !read_part (reader, groups[i], error))
      return FALSE;
  return TRUE;
}

WbLabelTemplate *
wb_label_template_parse (const char *data, gsize length, const char *file, const char *language, GHashTable *images,
                         GError **error)
{
  g_autoptr (WbLabelTemplate) self = g_new0 (WbLabelTemplate, 1);
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autoptr (GError) problem = NULL;
  Reader reader = { keys, file, language, images, self };

  g_return_val_if_fail (data != NULL && file != NULL, NULL);

  self->file = g_strdup (file);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  if (length > MAX_SIZE)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_LIMIT, "%s: larger than 64 KiB", file);
      return NULL;
    }
  if (!g_key_file_load_from_data (keys, data, length, G_KEY_FILE_KEEP_TRANSLATIONS, &problem))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: %s", file, problem->message);
      return NULL;
    }
  return read_template (&reader, error) ? g_steal_pointer (&self) : NULL;
}

const WbLabelDocument *
wb_label_template_get_document (const WbLabelTemplate *self)
{
  return self->document;
}

const char *
wb_label_template_get_file (const WbLabelTemplate *self)
{
  return self->file;
}

const char *
wb_label_template_get_title (const WbLabelTemplate *self)
{
  return self->title;
}

void
wb_label_template_get_size (const WbLabelTemplate *self, guint *width_um, guint *height_um)
{
  g_return_if_fail (self != NULL && width_um != NULL && height_um != NULL);

  *width_um = self->width_um;
  *height_um = self->height_um;
}
