/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be said: the languages that come with the program, what each step knows, and what a text means. */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-voice.h"
#include "tests/wb-test.h"

static WbVoiceLanguage *
load (const char *code)
{
  const char *source = g_getenv ("WAYBILL_TEST_SOURCE");
  g_autofree char *ini_path = g_build_filename (source, "data", "voice", code, "language.ini", NULL);
  g_autofree char *words_path = g_build_filename (source, "data", "voice", code, "words.dict", NULL);
  g_autofree char *ini = NULL;
  g_autofree char *words = NULL;
  g_autoptr(GError) error = NULL;
  WbVoiceLanguage *language = NULL;

  g_assert_true (g_file_get_contents (ini_path, &ini, NULL, NULL));
  g_assert_true (g_file_get_contents (words_path, &words, NULL, NULL));
  language = wb_voice_language_parse (ini, words, &error);
  g_assert_no_error (error);
  return language;
}

/* Each language has words for everything, and understands itself. */
static void
test_languages (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("WAYBILL_TEST_SOURCE"), "data", "voice", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *code = NULL;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((code = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr(WbVoiceLanguage) language = load (code);

      n++;
      for (guint i = 0; i < WB_JOB_N_COMMANDS; i++)
        {
          const char *phrase = wb_voice_language_get_phrase (language, (WbJobCommand) i);
          WbJobCommand command = WB_JOB_COMMAND_CONFIRM;

          g_test_message ("%s: %s", code, wb_job_command_get_code ((WbJobCommand) i));
          g_assert_nonnull (phrase);
          g_assert_cmpint (wb_voice_language_understand (language, phrase, NULL, &command, NULL), ==, WB_VOICE_COMMAND);
          g_assert_cmpint (command, ==, (int) i);
        }
      g_assert_cmpfloat (wb_voice_language_get_limit (language, "AwakeMs"), >=, 1000);
      g_assert_cmpfloat (wb_voice_language_get_limit (language, "Score"), <, 0);
      g_assert_cmpfloat (wb_voice_language_get_limit (language, "NumberScore"), >, wb_voice_language_get_limit (language, "Score"));
    }
  g_assert_cmpuint (n, >, 0);
}

static void
test_meaning (void)
{
  static const struct
  {
    const char *text;
    WbVoiceMeaning meaning;
    gboolean has_wake;
    const char *digits;
  } cases[] = {
    { "hello bench", WB_VOICE_WAKE, TRUE, NULL },
    { "hello bench skip item", WB_VOICE_COMMAND, TRUE, NULL },
    { "skip item", WB_VOICE_COMMAND, FALSE, NULL },
    { "skip", WB_VOICE_NOTHING, FALSE, NULL },
    { "skip item please", WB_VOICE_NOTHING, FALSE, NULL },
    { "hello benches", WB_VOICE_NOTHING, FALSE, NULL },
    { "yes please", WB_VOICE_YES, FALSE, NULL },
    { "no thank you", WB_VOICE_NO, FALSE, NULL },
    { "hello bench say again", WB_VOICE_AGAIN, TRUE, NULL },
    { "check four seven", WB_VOICE_CHECK, FALSE, "47" },
    { "check zero zero nine", WB_VOICE_CHECK, FALSE, "009" },
    { "check four point seven", WB_VOICE_NOTHING, FALSE, NULL },
    { "check one two three four five", WB_VOICE_NOTHING, FALSE, NULL },
    { "check", WB_VOICE_NOTHING, FALSE, NULL },
    { "weight one point six", WB_VOICE_WEIGHT, FALSE, "1.6" },
    { "weight one two point zero five", WB_VOICE_WEIGHT, FALSE, "12.05" },
    { "weight apple", WB_VOICE_NOTHING, FALSE, NULL },
    { "", WB_VOICE_NOTHING, FALSE, NULL },
  };
  g_autoptr(WbVoiceLanguage) language = load ("en");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean has_wake = FALSE;
      g_autofree char *digits = NULL;

      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpint (wb_voice_language_understand (language, cases[i].text, &has_wake, NULL, &digits), ==, cases[i].meaning);
      g_assert_true (has_wake == cases[i].has_wake);
      g_assert_cmpstr (digits, ==, cases[i].digits);
    }
}

/* What cannot be done cannot be said, and nothing without the wake word while nobody listens. */
static void
test_grammar (void)
{
  g_autoptr(WbVoiceLanguage) language = load ("en");
  WbVoiceWords words = { .commands = 1u << WB_JOB_COMMAND_SKIP, .check = 2 };
  g_autofree char *asleep = wb_voice_language_make_grammar (language, &words, FALSE);
  g_autofree char *awake = wb_voice_language_make_grammar (language, &words, TRUE);
  g_autofree char *asked = NULL;
  g_autofree char *loop = wb_voice_language_make_loop (language);

  g_assert_nonnull (strstr (asleep, "public <bench> = <wake> | <wake> <what>;"));
  g_assert_nonnull (strstr (awake, "public <bench> = <wake> | <wake> <what> | <what>;"));
  g_assert_nonnull (strstr (awake, "<what> = skip item | say again | check <digit> <digit>;"));
  words.question = TRUE;
  asked = wb_voice_language_make_grammar (language, &words, TRUE);
  g_assert_nonnull (strstr (asked, "<what> = say again | yes please | no thank you;"));
  g_assert_nonnull (strstr (loop, "(_aa | _ae | "));
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    const char *says;
  } cases[] = {
    { "SKIP=skip item", "SKIP=skip giraffe", "giraffe" },
    { "SKIP=skip item", "JUMP=skip item", "JUMP" },
    { "SKIP=skip item", "SKIP=damaged item", "damaged item" },
    { "SKIP=skip item", "SKIP=_aa", "_aa" },
    { "7=seven", "", "7" },
    { "Model=", "Modell=", "Model" },
    { "\n[Commands]\n", "\n", "Commands" },
  };
  g_autofree char *folder = g_build_filename (g_getenv ("WAYBILL_TEST_SOURCE"), "data", "voice", "en", NULL);
  g_autofree char *ini_path = g_build_filename (folder, "language.ini", NULL);
  g_autofree char *words_path = g_build_filename (folder, "words.dict", NULL);
  g_autofree char *ini = NULL;
  g_autofree char *words = NULL;

  g_assert_true (g_file_get_contents (ini_path, &ini, NULL, NULL));
  g_assert_true (g_file_get_contents (words_path, &words, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) broken = g_string_new (ini);
      g_autoptr(GError) error = NULL;

      g_assert_cmpuint (g_string_replace (broken, cases[i].from, cases[i].to, 1), ==, 1);
      g_assert_null (wb_voice_language_parse (broken->str, words, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

/* A step knows what its buttons do, the digits of the shelf it sends somebody to, and a weight when it asks for one. */
static void
test_steps (void)
{
  g_autoptr(WbJob) job = wb_job_new ("1", "10482", "Mary Miller");
  g_autoptr(WbJobState) state = NULL;
  WbJobLine *line = NULL;
  WbVoiceWords words = { 0 };

  line = wb_job_add_line (job, 1, "TEA", "Teapot", 1);
  wb_job_line_set_bin (line, "A-01", 1);
  wb_job_line_set_check_digits (line, "47");
  state = wb_job_state_new (job);
  wb_voice_words_for (state, &words);
  g_assert_true ((words.commands & 1u << WB_JOB_COMMAND_CONFIRM) != 0);
  g_assert_true ((words.commands & 1u << WB_JOB_COMMAND_SKIP) == 0);
  g_assert_cmpuint (words.check, ==, 0);
  {
    g_autoptr(WbJobAnswer) answer = wb_job_answer_command (state, WB_JOB_COMMAND_CONFIRM);

    wb_job_state_add_all (state, answer->events);
  }
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_PICK);
  wb_voice_words_for (state, &words);
  g_assert_true ((words.commands & 1u << WB_JOB_COMMAND_SKIP) != 0);
  g_assert_true ((words.commands & 1u << WB_JOB_COMMAND_REPRINT) == 0);
  g_assert_cmpuint (words.check, ==, 2);
  g_assert_false (words.weight);
  wb_voice_words_for (NULL, &words);
  g_assert_true ((words.commands & 1u << WB_JOB_COMMAND_CONFIRM) != 0);
  g_assert_true ((words.commands & 1u << WB_JOB_COMMAND_ASIDE) == 0);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/voice/languages", test_languages);
  g_test_add_func ("/voice/meaning", test_meaning);
  g_test_add_func ("/voice/grammar", test_grammar);
  g_test_add_func ("/voice/wrong", test_wrong);
  g_test_add_func ("/voice/steps", test_steps);
  return g_test_run ();
}
