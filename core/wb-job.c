/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-gs1.h"
#include "core/wb-job.h"

#define USUAL_STEPS "review,pick,verify,box,weigh,label,final"

static const char *const step_words[] = { "review", "pick", "verify", "box", "weigh", "label", "final", "done" };

static const char *const event_words[] = {
  "claim", "acknowledge", "reviewed", "pick",    "verify", "wrong", "skip", "short", "damaged", "box",
  "boxed", "weigh",       "label",    "printed", "final",  "aside", "help", "undo",  "shipped", "another",
  "move",  "filled",      "service",
};

G_DEFINE_BOXED_TYPE (WbJob, wb_job, wb_job_ref, wb_job_unref)

static void
code_free (gpointer data)
{
  WbJobCode *code = data;

  g_free (code->code);
  g_free (code);
}

static void
line_free (gpointer data)
{
  WbJobLine *line = data;

  g_free (line->sku);
  g_free (line->name);
  g_free (line->bin);
  g_free (line->check_digits);
  g_free (line->note);
  g_ptr_array_unref (line->codes);
  g_free (line);
}

static void
instruction_free (gpointer data)
{
  WbJobInstruction *instruction = data;

  g_free (instruction->text);
  g_free (instruction);
}

static void
box_free (gpointer data)
{
  WbJobBox *box = data;

  g_free (box->code);
  g_free (box->barcode);
  g_free (box->name);
  g_free (box);
}

WbJob *
wb_job_new (const char *id, const char *number, const char *customer)
{
  WbJob *self = g_new0 (WbJob, 1);

  g_return_val_if_fail (id != NULL && number != NULL, NULL);

  g_atomic_ref_count_init (&self->refs);
  self->id = g_strdup (id);
  self->number = g_strdup (number);
  self->customer = g_strdup (customer != NULL ? customer : "");
  self->steps = g_array_new (FALSE, FALSE, sizeof (WbJobStep));
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->instructions = g_ptr_array_new_with_free_func (instruction_free);
  self->boxes = g_ptr_array_new_with_free_func (box_free);
  wb_job_set_steps (self, USUAL_STEPS, NULL);
  return self;
}

WbJob *
wb_job_ref (WbJob *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
wb_job_unref (WbJob *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->id);
  g_free (self->number);
  g_free (self->customer);
  g_array_unref (self->steps);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->instructions);
  g_ptr_array_unref (self->boxes);
  g_free (self);
}

gboolean
wb_job_set_steps (WbJob *self, const char *steps, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (WbJobStep));
  guint seen = 0;

  g_return_val_if_fail (self != NULL && steps != NULL, FALSE);

  words = g_strsplit (steps, ",", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      WbJobStep step = WB_JOB_STEP_DONE;

      if (!wb_job_step_from_string (g_strstrip (words[i]), &step) || step == WB_JOB_STEP_DONE)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_UNKNOWN, "“%s” is not a step", words[i]);
          return FALSE;
        }
      if (seen & (1u << step))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "step “%s” comes twice", words[i]);
          return FALSE;
        }
      seen |= 1u << step;
      g_array_append_val (found, step);
    }
  g_array_unref (self->steps);
  self->steps = g_steal_pointer (&found);
  return TRUE;
}

WbJobLine *
wb_job_add_line (WbJob *self, gint64 id, const char *sku, const char *name, guint quantity)
{
  WbJobLine *line = g_new0 (WbJobLine, 1);

  g_return_val_if_fail (self != NULL && sku != NULL, NULL);

  line->id = id;
  line->sku = g_strdup (sku);
  line->name = g_strdup (name != NULL ? name : sku);
  line->quantity = quantity;
  line->codes = g_ptr_array_new_with_free_func (code_free);
  g_ptr_array_add (self->lines, line);
  return line;
}

void
wb_job_line_add_code (WbJobLine *line, const char *code, guint quantity)
{
  WbJobCode *added = NULL;

  g_return_if_fail (line != NULL && code != NULL);

  added = g_new0 (WbJobCode, 1);
  added->code = g_strdup (code);
  added->quantity = MAX (quantity, 1);
  g_ptr_array_add (line->codes, added);
}

void
wb_job_line_set_bin (WbJobLine *line, const char *bin, gint64 walk)
{
  g_return_if_fail (line != NULL);

  g_free (line->bin);
  line->bin = g_strdup (bin);
  line->walk = walk;
}

void
wb_job_line_set_check_digits (WbJobLine *line, const char *digits)
{
  g_return_if_fail (line != NULL);

  g_free (line->check_digits);
  line->check_digits = digits != NULL && *digits != '\0' ? g_strdup (digits) : NULL;
}

void
wb_job_line_set_size (WbJobLine *line, guint width_mm, guint depth_mm, guint height_mm, gint64 weight_g)
{
  g_return_if_fail (line != NULL);

  line->width_mm = width_mm;
  line->depth_mm = depth_mm;
  line->height_mm = height_mm;
  line->unit_weight_g = MAX (weight_g, 0);
}

void
wb_job_line_set_note (WbJobLine *line, const char *note)
{
  g_return_if_fail (line != NULL);

  g_free (line->note);
  line->note = g_strdup (note);
}

void
wb_job_add_instruction (WbJob *self, const char *text, gboolean must_acknowledge)
{
  WbJobInstruction *instruction = NULL;

  g_return_if_fail (self != NULL && text != NULL);

  instruction = g_new0 (WbJobInstruction, 1);
  instruction->text = g_strdup (text);
  instruction->must_acknowledge = must_acknowledge;
  g_ptr_array_add (self->instructions, instruction);
}

WbJobBox *
wb_job_add_box (WbJob *self, const char *code, const char *name, guint width_mm, guint depth_mm, guint height_mm,
                gint64 tare_g, gint64 max_g)
{
  WbJobBox *box = NULL;

  g_return_val_if_fail (self != NULL && code != NULL, NULL);

  box = g_new0 (WbJobBox, 1);
  box->code = g_strdup (code);
  box->name = g_strdup (name != NULL ? name : code);
  box->width_mm = width_mm;
  box->depth_mm = depth_mm;
  box->height_mm = height_mm;
  box->tare_g = tare_g;
  box->max_g = max_g;
  g_ptr_array_add (self->boxes, box);
  return box;
}

void
wb_job_box_set_barcode (WbJobBox *box, const char *barcode)
{
  g_return_if_fail (box != NULL);

  g_free (box->barcode);
  box->barcode = g_strdup (barcode);
}

const WbJobLine *
wb_job_get_line (const WbJob *self, guint number)
{
  g_return_val_if_fail (self != NULL, NULL);

  return number >= 1 && number <= self->lines->len ? g_ptr_array_index (self->lines, number - 1) : NULL;
}

guint
wb_job_get_n_lines (const WbJob *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->lines->len;
}

/* One code is the same as a scan when their texts are, or when both are the same GTIN, however many
 * digits each was written with. */
static gboolean
code_matches (const char *code, const WbGs1Scan *scan)
{
  g_autofree char *gtin = NULL;

  if (g_ascii_strcasecmp (code, scan->text) == 0)
    return TRUE;
  if (scan->gtin[0] == '\0')
    return FALSE;
  gtin = wb_gs1_gtin_normalise (code, NULL);
  return gtin != NULL && g_str_equal (gtin, scan->gtin);
}

/* How many pieces of a line a scan stands for; 0 when it is none of it. */
static guint
count_pieces (const WbJobLine *line, const WbGs1Scan *scan)
{
  if (g_ascii_strcasecmp (line->sku, scan->text) == 0)
    return 1;
  for (guint i = 0; i < line->codes->len; i++)
    {
      const WbJobCode *code = g_ptr_array_index (line->codes, i);

      if (code_matches (code->code, scan))
        return scan->count > 0 && scan->count <= G_MAXINT / code->quantity ? scan->count * code->quantity : code->quantity;
    }
  return 0;
}

guint
wb_job_find_line (const WbJob *self, const char *text, guint *quantity)
{
  return wb_job_find_next_line (self, text, 0, quantity);
}

guint
wb_job_find_next_line (const WbJob *self, const char *text, guint after, guint *quantity)
{
  g_autoptr (WbGs1Scan) scan = NULL;

  g_return_val_if_fail (self != NULL && text != NULL, 0);

  if (quantity != NULL)
    *quantity = 0;
  scan = wb_gs1_scan_new (text);
  for (guint i = after; i < self->lines->len && scan->text[0] != '\0'; i++)
    {
      guint pieces = count_pieces (g_ptr_array_index (self->lines, i), scan);

      if (pieces == 0)
        continue;
      if (quantity != NULL)
        *quantity = pieces;
      return i + 1;
    }
  return 0;
}

const WbJobBox *
wb_job_find_box (const WbJob *self, const char *text)
{
  g_autoptr (WbGs1Scan) scan = NULL;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  scan = wb_gs1_scan_new (text);
  for (guint i = 0; i < self->boxes->len; i++)
    {
      const WbJobBox *box = g_ptr_array_index (self->boxes, i);

      if (code_matches (box->code, scan) || (box->barcode != NULL && code_matches (box->barcode, scan)))
        return box;
    }
  return NULL;
}

char *
wb_job_make_service_name (const char *carrier, const char *service)
{
  gsize word = carrier != NULL ? strcspn (carrier, " ") : 0;

  if (word == 0 || service == NULL || strncmp (service, carrier, word) == 0)
    return g_strdup (service != NULL ? service : "");
  return g_strdup_printf ("%s %s", carrier, service);
}

/* A version 5 uuid (RFC 4122) whose name space is the job. */
char *
wb_job_act_id (const WbJob *self, const char *what, guint parcel)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *name = NULL;
  guint8 digest[20];
  gsize length = sizeof digest;

  g_return_val_if_fail (self != NULL && what != NULL, NULL);

  name = g_strdup_printf ("%s/%s/%u", self->id, what, parcel);
  g_checksum_update (sum, (const guchar *) name, -1);
  g_checksum_get_digest (sum, digest, &length);
  digest[6] = (digest[6] & 0x0f) | 0x50;
  digest[8] = (digest[8] & 0x3f) | 0x80;
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", digest[0],
                          digest[1], digest[2], digest[3], digest[4], digest[5], digest[6], digest[7], digest[8],
                          digest[9], digest[10], digest[11], digest[12], digest[13], digest[14], digest[15]);
}

WbJobEvent *
wb_job_event_new (WbJobEventKind kind)
{
  WbJobEvent *self = g_new0 (WbJobEvent, 1);

  self->id = g_uuid_string_random ();
  self->kind = kind;
  self->at_us = g_get_real_time ();
  return self;
}

WbJobEvent *
wb_job_event_copy (const WbJobEvent *self)
{
  WbJobEvent *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->code = g_strdup (self->code);
  copy->text = g_strdup (self->text);
  copy->person = g_strdup (self->person);
  return copy;
}

void
wb_job_event_free (WbJobEvent *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->code);
  g_free (self->text);
  g_free (self->person);
  g_free (self);
}

static gint
find_word (const char *const *words, gsize n_words, const char *word)
{
  for (gsize i = 0; i < n_words; i++)
    if (g_strcmp0 (words[i], word) == 0)
      return (gint) i;
  return -1;
}

const char *
wb_job_step_to_string (WbJobStep step)
{
  g_return_val_if_fail ((gsize) step < G_N_ELEMENTS (step_words), NULL);

  return step_words[step];
}

gboolean
wb_job_step_from_string (const char *word, WbJobStep *step)
{
  gint found = find_word (step_words, G_N_ELEMENTS (step_words), word);

  if (found >= 0)
    *step = (WbJobStep) found;
  return found >= 0;
}

const char *
wb_job_event_kind_to_string (WbJobEventKind kind)
{
  g_return_val_if_fail ((gsize) kind < G_N_ELEMENTS (event_words), NULL);

  return event_words[kind];
}

gboolean
wb_job_event_kind_from_string (const char *word, WbJobEventKind *kind)
{
  gint found = find_word (event_words, G_N_ELEMENTS (event_words), word);

  if (found >= 0)
    *kind = (WbJobEventKind) found;
  return found >= 0;
}
