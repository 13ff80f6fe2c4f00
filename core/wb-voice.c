/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-voice.h"

#define LANGUAGE "Language"
#define COMMANDS "Commands"
#define PHRASES "Phrases"
#define NUMBERS "Numbers"
#define REJECTION "Rejection"
/* A word of the dictionary that is one sound. */
#define SOUND '_'
#define MAX_CHECK_DIGITS 4

/* One way to say one thing. */
typedef struct
{
  char *text;
  WbVoiceMeaning meaning;
  WbJobCommand command;
} Phrase;

struct _WbVoiceLanguage
{
  GKeyFile *file;
  char *name;
  char *model;
  char *package;
  char *speaker;
  char *dictionary;
  GHashTable *words;   /* of the dictionary */
  GPtrArray *sounds;   /* char*: words of the dictionary that are one sound */
  GPtrArray *phrases;  /* Phrase */
  char *digits[10];
  char *point;
  char *check;
  char *weight;
};

static void
free_phrase (gpointer data)
{
  Phrase *phrase = data;

  g_free (phrase->text);
  g_free (phrase);
}

/* ── Reading it ──────────────────────────────────────────────────────────────────────────────── */

/* A value that is half wrong comes with an error, and comes all the same: it is none. */
static char *
get_text (GKeyFile *file, const char *group, const char *key, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *text = g_key_file_get_string (file, group, key, &why);

  if (why == NULL)
    return g_steal_pointer (&text);
  g_propagate_error (error, g_steal_pointer (&why));
  return NULL;
}

static void
read_dictionary (WbVoiceLanguage *self, const char *words)
{
  g_auto (GStrv) lines = g_strsplit (words, "\n", -1);
  g_autoptr (GString) clean = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      gsize length = strcspn (line, " \t(");
      char *word = NULL;

      if (*line == '\0' || *line == '#' || length == strlen (line))
        continue;
      g_string_append_printf (clean, "%s\n", line);
      word = g_strndup (line, length);
      if (*word == SOUND)
        g_ptr_array_add (self->sounds, g_strdup (word));
      g_hash_table_add (self->words, word);
    }
  self->dictionary = g_string_free (g_steal_pointer (&clean), FALSE);
}

static gboolean
check_words (WbVoiceLanguage *self, const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] == SOUND || !g_hash_table_contains (self->words, words[i]))
      {
        g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s”: the word “%s” is not in the dictionary", text, words[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
add_phrases (WbVoiceLanguage *self, const char *group, const char *key, WbVoiceMeaning meaning, WbJobCommand command, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_auto (GStrv) ways = g_key_file_get_string_list (self->file, group, key, NULL, &why);

  /* what is not there is not said */
  if (why != NULL && !g_error_matches (why, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND) &&
      !g_error_matches (why, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  for (guint i = 0; ways != NULL && ways[i] != NULL; i++)
    {
      Phrase *phrase = NULL;

      g_strstrip (ways[i]);
      for (guint j = 0; j < self->phrases->len; j++)
        if (g_str_equal (((Phrase *) self->phrases->pdata[j])->text, ways[i]))
          {
            g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "two things are called “%s”", ways[i]);
            return FALSE;
          }
      if (!check_words (self, ways[i], error))
        return FALSE;
      phrase = g_new0 (Phrase, 1);
      phrase->text = g_strdup (ways[i]);
      phrase->meaning = meaning;
      phrase->command = command;
      g_ptr_array_add (self->phrases, phrase);
    }
  return TRUE;
}

static gboolean
read_commands (WbVoiceLanguage *self, GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (self->file, COMMANDS, NULL, error);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *code = g_strconcat ("WB:", keys[i], NULL);
      WbJobCommand command = WB_JOB_COMMAND_CONFIRM;

      if (!wb_job_command_from_code (code, &command))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "there is no command “%s”", keys[i]);
          return FALSE;
        }
      if (!add_phrases (self, COMMANDS, keys[i], WB_VOICE_COMMAND, command, error))
        return FALSE;
    }
  return keys != NULL;
}

static gboolean
read_rest (WbVoiceLanguage *self, GError **error)
{
  static const struct
  {
    const char *key;
    WbVoiceMeaning meaning;
  } phrases[] = { { "wake", WB_VOICE_WAKE }, { "again", WB_VOICE_AGAIN }, { "yes", WB_VOICE_YES }, { "no", WB_VOICE_NO } };
  struct
  {
    const char *key;
    char **value;
  } words[] = { { "point", &self->point }, { "check", &self->check }, { "weight", &self->weight } };

  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    if (!add_phrases (self, PHRASES, phrases[i].key, phrases[i].meaning, WB_JOB_COMMAND_CONFIRM, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      *words[i].value = get_text (self->file, NUMBERS, words[i].key, error);
      if (*words[i].value == NULL || !check_words (self, *words[i].value, error))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (self->digits); i++)
    {
      const char key[] = { (char) ('0' + i), '\0' };

      self->digits[i] = get_text (self->file, NUMBERS, key, error);
      if (self->digits[i] == NULL || !check_words (self, self->digits[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_language (WbVoiceLanguage *self, GError **error)
{
  struct
  {
    const char *key;
    char **value;
  } texts[] = { { "Name", &self->name }, { "Model", &self->model }, { "Package", &self->package }, { "Speaker", &self->speaker } };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      *texts[i].value = get_text (self->file, LANGUAGE, texts[i].key, error);
      if (*texts[i].value == NULL)
        return FALSE;
    }
  return read_commands (self, error) && read_rest (self, error);
}

WbVoiceLanguage *
wb_voice_language_parse (const char *ini, const char *words, GError **error)
{
  g_autoptr (WbVoiceLanguage) self = g_new0 (WbVoiceLanguage, 1);
  g_autoptr (GError) why = NULL;

  g_return_val_if_fail (ini != NULL && words != NULL, NULL);

  self->file = g_key_file_new ();
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sounds = g_ptr_array_new_with_free_func (g_free);
  self->phrases = g_ptr_array_new_with_free_func (free_phrase);
  read_dictionary (self, words);
  if (g_key_file_load_from_data (self->file, ini, strlen (ini), G_KEY_FILE_NONE, &why) && read_language (self, &why))
    return g_steal_pointer (&self);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "the language is not understood: %s", why->message);
  return NULL;
}

void
wb_voice_language_free (WbVoiceLanguage *self)
{
  if (self == NULL)
    return;
  g_key_file_unref (self->file);
  g_hash_table_unref (self->words);
  g_ptr_array_unref (self->sounds);
  g_ptr_array_unref (self->phrases);
  for (guint i = 0; i < G_N_ELEMENTS (self->digits); i++)
    g_free (self->digits[i]);
  g_free (self->name);
  g_free (self->model);
  g_free (self->package);
  g_free (self->speaker);
  g_free (self->dictionary);
  g_free (self->point);
  g_free (self->check);
  g_free (self->weight);
  g_free (self);
}

/* ── What it is ──────────────────────────────────────────────────────────────────────────────── */

const char *
wb_voice_language_get_name (const WbVoiceLanguage *self)
{
  return self->name;
}

const char *
wb_voice_language_get_model (const WbVoiceLanguage *self)
{
  return self->model;
}

const char *
wb_voice_language_get_package (const WbVoiceLanguage *self)
{
  return self->package;
}

const char *
wb_voice_language_get_speaker (const WbVoiceLanguage *self)
{
  return self->speaker;
}

const char *
wb_voice_language_get_dictionary (const WbVoiceLanguage *self)
{
  return self->dictionary;
}

double
wb_voice_language_get_limit (const WbVoiceLanguage *self, const char *name)
{
  return g_key_file_get_double (self->file, REJECTION, name, NULL);
}

const char *
wb_voice_language_get_phrase (const WbVoiceLanguage *self, WbJobCommand command)
{
  for (guint i = 0; i < self->phrases->len; i++)
    {
      const Phrase *phrase = g_ptr_array_index (self->phrases, i);

      if (phrase->meaning == WB_VOICE_COMMAND && phrase->command == command)
        return phrase->text;
    }
  return NULL;
}

/* ── Grammars ────────────────────────────────────────────────────────────────────────────────── */

static void
add_way (GString *ways, const char *text)
{
  g_string_append_printf (ways, "%s%s", ways->len > 0 ? " | " : "", text);
}

static gboolean
is_wanted (const WbVoiceWords *words, const Phrase *phrase)
{
  switch (phrase->meaning)
    {
    case WB_VOICE_COMMAND:
      return !words->question && (words->commands & (1u << phrase->command)) != 0;
    case WB_VOICE_YES:
    case WB_VOICE_NO:
      return words->question;
    case WB_VOICE_AGAIN:
      return TRUE;
    case WB_VOICE_WAKE:
    case WB_VOICE_CHECK:
    case WB_VOICE_WEIGHT:
    case WB_VOICE_NOTHING:
    default:
      return FALSE;
    }
}

static char *
list_ways (const WbVoiceLanguage *self, const WbVoiceWords *words, WbVoiceMeaning only)
{
  g_autoptr (GString) ways = g_string_new (NULL);

  for (guint i = 0; i < self->phrases->len; i++)
    {
      const Phrase *phrase = g_ptr_array_index (self->phrases, i);

      if (only == WB_VOICE_NOTHING ? is_wanted (words, phrase) : phrase->meaning == only)
        add_way (ways, phrase->text);
    }
  /* as many as there are: a digit more is soon heard in the noise after it */
  if (only == WB_VOICE_NOTHING && words->check > 0 && !words->question)
    {
      g_autoptr (GString) check = g_string_new (self->check);

      for (guint i = 0; i < MIN (words->check, MAX_CHECK_DIGITS); i++)
        g_string_append (check, " <digit>");
      add_way (ways, check->str);
    }
  if (only == WB_VOICE_NOTHING && words->weight && !words->question)
    {
      g_autofree char *weight = g_strdup_printf ("%s <digit> [<digit>] %s <digit> [<digit>]", self->weight, self->point);

      add_way (ways, weight);
    }
  return g_string_free (g_steal_pointer (&ways), FALSE);
}

char *
wb_voice_language_make_grammar (const WbVoiceLanguage *self, const WbVoiceWords *words, gboolean is_awake)
{
  g_autoptr (GString) grammar = g_string_new ("#JSGF V1.0;\ngrammar bench;\n");
  g_autofree char *wake = NULL;
  g_autofree char *ways = NULL;

  g_return_val_if_fail (self != NULL && words != NULL, NULL);

  wake = list_ways (self, words, WB_VOICE_WAKE);
  ways = list_ways (self, words, WB_VOICE_NOTHING);
  g_string_append (grammar, "<digit> = ");
  for (guint i = 0; i < G_N_ELEMENTS (self->digits); i++)
    g_string_append_printf (grammar, "%s%s", i > 0 ? " | " : "", self->digits[i]);
  g_string_append_printf (grammar, ";\n<wake> = %s;\n<what> = %s;\npublic <bench> = <wake> | <wake> <what>%s;\n", wake, ways,
                          is_awake ? " | <what>" : "");
  return g_string_free (g_steal_pointer (&grammar), FALSE);
}

char *
wb_voice_language_make_loop (const WbVoiceLanguage *self)
{
  g_autoptr (GString) ways = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->sounds->len; i++)
    add_way (ways, g_ptr_array_index (self->sounds, i));
  return g_strdup_printf ("#JSGF V1.0;\ngrammar loop;\npublic <loop> = (%s)+;\n", ways->str);
}

/* ── Meaning ─────────────────────────────────────────────────────────────────────────────────── */

/* The rest of @text after @phrase; NULL when it does not begin with it. */
static const char *
strip (const char *text, const char *phrase)
{
  gsize length = strlen (phrase);

  if (strncmp (text, phrase, length) != 0 || (text[length] != ' ' && text[length] != '\0'))
    return NULL;
  return text[length] == ' ' ? text + length + 1 : text + length;
}

static char *
read_digits (const WbVoiceLanguage *self, const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *rest = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (self->digits) && rest == NULL; i++)
        if ((rest = strip (text, self->digits[i])) != NULL)
          g_string_append_c (digits, (char) ('0' + i));
      if (rest == NULL && (rest = strip (text, self->point)) != NULL)
        g_string_append_c (digits, '.');
      if (rest == NULL)
        return NULL;
      text = rest;
    }
  return digits->len > 0 ? g_string_free (g_steal_pointer (&digits), FALSE) : NULL;
}

static WbVoiceMeaning
understand_number (const WbVoiceLanguage *self, const char *text, char **digits)
{
  const char *check = strip (text, self->check);
  const char *weight = check == NULL ? strip (text, self->weight) : NULL;
  g_autofree char *number = check != NULL ? read_digits (self, check) : weight != NULL ? read_digits (self, weight) : NULL;

  if (number == NULL || (check != NULL && (strchr (number, '.') != NULL || strlen (number) > MAX_CHECK_DIGITS)))
    return WB_VOICE_NOTHING;
  if (digits != NULL)
    *digits = g_steal_pointer (&number);
  return check != NULL ? WB_VOICE_CHECK : WB_VOICE_WEIGHT;
}

static const Phrase *
find_phrase (const WbVoiceLanguage *self, const char *text)
{
  for (guint i = 0; i < self->phrases->len; i++)
    if (g_str_equal (((const Phrase *) self->phrases->pdata[i])->text, text))
      return g_ptr_array_index (self->phrases, i);
  return NULL;
}

WbVoiceMeaning
wb_voice_language_understand (const WbVoiceLanguage *self, const char *text, gboolean *has_wake, WbJobCommand *command,
                              char **digits)
{
  const Phrase *phrase = NULL;
  const char *rest = NULL;

  g_return_val_if_fail (self != NULL && text != NULL, WB_VOICE_NOTHING);

  for (guint i = 0; i < self->phrases->len && rest == NULL; i++)
    if (((const Phrase *) self->phrases->pdata[i])->meaning == WB_VOICE_WAKE)
      rest = strip (text, ((const Phrase *) self->phrases->pdata[i])->text);
  if (has_wake != NULL)
    *has_wake = rest != NULL;
  if (rest != NULL && *rest == '\0')
    return WB_VOICE_WAKE;
  text = rest != NULL ? rest : text;
  phrase = find_phrase (self, text);
  if (phrase == NULL)
    return understand_number (self, text, digits);
  if (command != NULL)
    *command = phrase->command;
  return phrase->meaning;
}

/* ── What a step knows ───────────────────────────────────────────────────────────────────────── */

void
wb_voice_words_for (const WbJobState *state, WbVoiceWords *words)
{
  const WbJobLine *line = NULL;

  g_return_if_fail (words != NULL);

  *words = (WbVoiceWords) { 0 };
  if (state == NULL)
    {
      words->commands = 1u << WB_JOB_COMMAND_CONFIRM | 1u << WB_JOB_COMMAND_HELP | 1u << WB_JOB_COMMAND_LEAVE;
      return;
    }
  for (guint i = 0; i < WB_JOB_N_COMMANDS; i++)
    if (wb_job_command_is_allowed (state, (WbJobCommand) i))
      words->commands |= 1u << i;
  if (state->mistake != NULL)
    return;
  line = wb_job_get_line (state->job, state->line);
  if (state->step == WB_JOB_STEP_PICK && line != NULL && line->check_digits != NULL &&
      strlen (line->check_digits) <= MAX_CHECK_DIGITS)
    words->check = (guint) strlen (line->check_digits);
  words->weight = state->step == WB_JOB_STEP_WEIGH;
}
