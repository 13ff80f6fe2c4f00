/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bench that is talked to: sentences that espeak-ng speaks, through the whole pipeline, and noise that does nothing. */
#include "config.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>
#include <unistd.h>

#include "devices/wb-media-private.h"
#include "devices/wb-speech-gate.h"
#include "devices/wb-voice-recogniser.h"
#include "devices/wb-voice.h"
#include "tests/devices/wb-test-voice.h"
#include "tests/wb-test.h"

#define SPEAKER "en-us+f2"

/* ---- Where somebody speaks ----------------------------------------------------------------------------- */

static void
utterance_cb (const gint16 *samples, gsize n, gpointer user_data)
{
  GArray *lengths = user_data;
  guint length_ms = (guint) (n * 1000 / WB_VOICE_RATE);

  g_array_append_val (lengths, length_ms);
}

static GArray *
gate (WbTestVoice *voice)
{
  g_autoptr(WbSpeechGate) self = wb_speech_gate_new (WB_VOICE_RATE);
  GArray *lengths = g_array_new (FALSE, FALSE, sizeof (guint));
  gsize n = 0;
  const gint16 *samples = wb_test_voice_get_samples (voice, &n);

  /* in pieces of any length */
  for (gsize at = 0, piece = 1; at < n; at += piece, piece = piece * 7 % 1009)
    wb_speech_gate_take (self, samples + at, MIN (piece, n - at), utterance_cb, lengths);
  return lengths;
}

static void
test_gate (void)
{
  g_autoptr(WbTestVoice) voice = wb_test_voice_new ();
  g_autoptr(GArray) silence = NULL;
  g_autoptr(GArray) noise = NULL;
  g_autoptr(GArray) click = NULL;
  g_autoptr(GArray) speech = NULL;

  wb_test_voice_be_silent (voice, 4000);
  silence = gate (voice);
  g_assert_cmpuint (silence->len, ==, 0);
  wb_test_voice_clear (voice);
  wb_test_voice_make_noise (voice, 6000, 800);
  noise = gate (voice);
  g_assert_cmpuint (noise->len, ==, 0);
  wb_test_voice_clear (voice);
  wb_test_voice_be_silent (voice, 1000);
  wb_test_voice_make_noise (voice, 40, 8000);
  wb_test_voice_be_silent (voice, 1000);
  click = gate (voice);
  g_assert_cmpuint (click->len, ==, 0);
  wb_test_voice_clear (voice);
  wb_test_voice_be_silent (voice, 500);
  if (!wb_test_voice_speak (voice, "skip item", SPEAKER))
    return;
  wb_test_voice_be_silent (voice, 800);
  if (!wb_test_voice_speak (voice, "damaged item", SPEAKER))
    return;
  wb_test_voice_be_silent (voice, 800);
  speech = gate (voice);
  g_assert_cmpuint (speech->len, ==, 2);
  for (guint i = 0; i < speech->len; i++)
    {
      g_assert_cmpuint (g_array_index (speech, guint, i), >, 700);
      g_assert_cmpuint (g_array_index (speech, guint, i), <, 2500);
    }
}

/* ---- What it understands --------------------------------------------------------------------------------- */

static gboolean
hear_from (WbVoiceRecogniser *recogniser, const char *speaker, const char *text, WbVoiceGuess *guess)
{
  g_autoptr(WbTestVoice) voice = wb_test_voice_new ();
  const gint16 *samples = NULL;
  gsize n = 0;

  wb_test_voice_be_silent (voice, 300);
  g_assert_true (wb_test_voice_speak (voice, text, speaker));
  wb_test_voice_be_silent (voice, 400);
  samples = wb_test_voice_get_samples (voice, &n);
  return wb_voice_recogniser_hear (recogniser, samples, n, guess);
}

static gboolean
hear (WbVoiceRecogniser *recogniser, const char *text, WbVoiceGuess *guess)
{
  return hear_from (recogniser, SPEAKER, text, guess);
}

static gboolean
can_hear_and_speak (void)
{
  g_autoptr(WbTestVoice) voice = wb_test_voice_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(WbVoiceLanguage) language = wb_voice_load_language ("en", &error);
  g_autoptr(WbVoiceRecogniser) recogniser = NULL;

  g_assert_no_error (error);
  recogniser = wb_voice_recogniser_new (language, &error);
  if (recogniser == NULL && g_getenv ("CI") != NULL)
    g_test_fail_printf ("%s", error->message);
  else if (recogniser == NULL)
    g_test_skip (error->message);
  return recogniser != NULL && wb_test_voice_speak (voice, "yes", SPEAKER);
}

static WbVoiceRecogniser *
listen_for (WbVoiceLanguage *language, const WbVoiceWords *words)
{
  WbVoiceRecogniser *recogniser = wb_voice_recogniser_new (language, NULL);
  g_autofree char *grammar = wb_voice_language_make_grammar (language, words, TRUE);

  g_assert_true (wb_voice_recogniser_set_grammar (recogniser, grammar, NULL));
  return recogniser;
}

/* Where something takes the noise out of the line, there is nothing at all between the words. */
static void
test_silent_line (void)
{
  static const char *const said[][2] = { { "en-us+m3", "print label" }, { "en-gb-scotland", "print label" } };
  g_autoptr(WbVoiceLanguage) language = NULL;
  g_autoptr(WbVoiceRecogniser) recogniser = NULL;
  WbVoiceWords words = { .commands = G_MAXUINT, .check = 2, .weight = TRUE };

  if (!can_hear_and_speak ())
    return;
  language = wb_voice_load_language ("en", NULL);
  recogniser = listen_for (language, &words);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_auto(WbVoiceGuess) guess = { 0 };

      hear_from (recogniser, said[i][0], said[i][1], &guess);
      g_test_message ("%s “%s”: “%s” %.1f, %u ms else", said[i][0], said[i][1], guess.text, guess.score, guess.else_ms);
      g_assert_true (guess.is_believed);
      g_assert_cmpstr (guess.text, ==, said[i][1]);
    }
}

static void
test_understands (void)
{
  static const char *const phrases[] = { "skip item", "damaged item", "another box", "put aside", "undo that", "call help",
                                         "take photo", "check four seven" };
  static const char *const other[] = { "the weather is getting colder every day", "where did you put the other trolley",
                                       "thank you very much see you tomorrow", "that truck is parked in the wrong place" };
  g_autoptr(WbVoiceLanguage) language = NULL;
  g_autoptr(WbVoiceRecogniser) recogniser = NULL;
  g_autoptr(WbTestVoice) noise = wb_test_voice_new ();
  g_autofree char *small = NULL;
  WbVoiceWords words = { .commands = G_MAXUINT, .check = 2 };
  const gint16 *samples = NULL;
  gsize n = 0;

  if (!can_hear_and_speak ())
    return;
  language = wb_voice_load_language ("en", NULL);
  recogniser = listen_for (language, &words);
  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    {
      g_auto(WbVoiceGuess) guess = { 0 };

      hear (recogniser, phrases[i], &guess);
      g_test_message ("“%s”: “%s” %.1f, %u ms else", phrases[i], guess.text, guess.score, guess.else_ms);
      g_assert_cmpstr (guess.text, ==, phrases[i]);
      g_assert_true (guess.is_believed);
    }
  for (guint i = 0; i < G_N_ELEMENTS (other); i++)
    {
      g_auto(WbVoiceGuess) guess = { 0 };

      g_test_message ("“%s”", other[i]);
      g_assert_false (hear (recogniser, other[i], &guess));
    }
  wb_test_voice_make_noise (noise, 2000, 2000);
  samples = wb_test_voice_get_samples (noise, &n);
  {
    g_auto(WbVoiceGuess) guess = { 0 };

    g_assert_false (wb_voice_recogniser_hear (recogniser, samples, n, &guess));
  }

  /* what cannot be said now is not understood, however clearly it is said */
  words = (WbVoiceWords) { .question = TRUE };
  small = wb_voice_language_make_grammar (language, &words, TRUE);
  g_assert_true (wb_voice_recogniser_set_grammar (recogniser, small, NULL));
  {
    g_auto(WbVoiceGuess) guess = { 0 };
    g_auto(WbVoiceGuess) yes = { 0 };

    g_assert_false (hear (recogniser, "damaged item", &guess));
    g_assert_true (hear (recogniser, "yes please", &yes));
    g_assert_cmpstr (yes.text, ==, "yes please");
  }
}

static void
test_missing (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *ini_path = g_build_filename (g_getenv ("WAYBILL_TEST_SOURCE"), "data", "voice", "en", "language.ini", NULL);
  g_autofree char *words_path = g_build_filename (g_getenv ("WAYBILL_TEST_SOURCE"), "data", "voice", "en", "words.dict", NULL);
  g_autofree char *ini = NULL;
  g_autofree char *words = NULL;
  g_autoptr(GString) text = NULL;
  g_autoptr(WbVoiceLanguage) language = NULL;

  g_assert_null (wb_voice_load_language ("xx", &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  if (!can_hear_and_speak ())
    return;
  g_assert_true (g_file_get_contents (ini_path, &ini, NULL, NULL) && g_file_get_contents (words_path, &words, NULL, NULL));
  text = g_string_new (ini);
  g_string_replace (text, "/usr/share/pocketsphinx", "/nowhere", 1);
  language = wb_voice_language_parse (text->str, words, &error);
  g_assert_no_error (error);
  g_assert_null (wb_voice_recogniser_new (language, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "install the package pocketsphinx-en-us"));
}

/* ---- The device ------------------------------------------------------------------------------------------------ */

typedef struct
{
  WbTestMicrophone *microphone;
  WbDevice *voice;
  GPtrArray *heard; /* char*: what was understood, "-" for what was not */
} Owner;

static void
heard_cb (Owner *owner, WbVoiceHeard *heard)
{
  g_ptr_array_add (owner->heard, g_strdup (heard->meaning != WB_VOICE_NOTHING ? heard->text : "-"));
}

static void
own (Owner *owner, const char *mode)
{
  WbVoiceWords words = { .commands = 1u << WB_JOB_COMMAND_SKIP | 1u << WB_JOB_COMMAND_DAMAGED };

  owner->microphone = wb_test_microphone_new ();
  owner->heard = g_ptr_array_new_with_free_func (g_free);
  owner->voice = wb_voice_new (wb_test_microphone_get_source (owner->microphone), "voice:test", "Test microphone");
  g_assert_true (wb_device_set_option (owner->voice, "mode", mode, NULL));
  g_assert_true (wb_device_set_option (owner->voice, "sink", "fakesink sync=true", NULL));
  g_signal_connect_swapped (owner->voice, "heard", G_CALLBACK (heard_cb), owner);
  wb_voice_set_words (WB_VOICE (owner->voice), &words);
  wb_device_open (owner->voice);
  wb_test_wait_until (wb_device_get_state (owner->voice) == WB_DEVICE_STATE_READY);
}

static void
disown (Owner *owner)
{
  wb_device_close (owner->voice);
  g_assert_finalize_object (owner->voice);
  wb_test_wait_until (_wb_media_count () == 0);
  wb_test_microphone_free (owner->microphone);
  g_ptr_array_unref (owner->heard);
}

static void
say (Owner *owner, const char *text)
{
  g_autoptr(WbTestVoice) voice = wb_test_voice_new ();

  wb_test_voice_be_silent (voice, 200);
  g_assert_true (wb_test_voice_speak (voice, text, SPEAKER));
  wb_test_voice_be_silent (voice, 600);
  wb_test_microphone_hear (owner->microphone, voice);
}

static void
assert_heard (Owner *owner, guint n, const char *text)
{
  wb_test_wait_until (owner->heard->len >= n);
  g_assert_cmpuint (owner->heard->len, ==, n);
  g_assert_cmpstr (g_ptr_array_index (owner->heard, n - 1), ==, text);
}

/* It listens when somebody pressed to talk, to one phrase. */
static void
test_push_to_talk (void)
{
  Owner owner;

  if (!can_hear_and_speak ())
    return;
  own (&owner, "push-to-talk");
  g_assert_false (wb_voice_is_listening (WB_VOICE (owner.voice)));
  say (&owner, "damaged item");
  wb_test_wait_until (wb_test_microphone_is_quiet (owner.microphone));
  wb_voice_listen (WB_VOICE (owner.voice));
  g_assert_true (wb_voice_is_listening (WB_VOICE (owner.voice)));
  say (&owner, "skip item");
  assert_heard (&owner, 1, "skip item");
  g_assert_false (wb_voice_is_listening (WB_VOICE (owner.voice)));
  disown (&owner);
}

/* Hands-free nothing is understood before the wake word, and everything after it. */
static void
test_hands_free (void)
{
  Owner owner;

  if (!can_hear_and_speak ())
    return;
  own (&owner, "hands-free");
  say (&owner, "damaged item");
  wb_test_wait_until (wb_test_microphone_is_quiet (owner.microphone));
  say (&owner, "hello bench");
  assert_heard (&owner, 1, "hello bench");
  g_assert_true (wb_voice_is_listening (WB_VOICE (owner.voice)));
  say (&owner, "skip item");
  assert_heard (&owner, 2, "skip item");
  say (&owner, "the weather is getting colder every day");
  assert_heard (&owner, 3, "-");
  disown (&owner);
}

/* It never hears itself: what sounds while it speaks is nothing. Then it listens again. */
static void
test_speaks (void)
{
  Owner owner;

  if (!can_hear_and_speak ())
    return;
  own (&owner, "push-to-talk");
  wb_voice_say (WB_VOICE (owner.voice), "Fetch three pieces of the blue teapot from the second shelf, and then the oak tray.");
  g_assert_true (wb_voice_is_speaking (WB_VOICE (owner.voice)));
  wb_voice_listen (WB_VOICE (owner.voice));
  g_assert_false (wb_voice_is_listening (WB_VOICE (owner.voice)));
  say (&owner, "damaged item");
  wb_test_wait_until (wb_test_microphone_is_quiet (owner.microphone));
  wb_test_wait_until (!wb_voice_is_speaking (WB_VOICE (owner.voice)));
  g_assert_cmpuint (owner.heard->len, ==, 0);
  g_assert_true (wb_voice_is_listening (WB_VOICE (owner.voice)));
  say (&owner, "skip item");
  assert_heard (&owner, 1, "skip item");
  disown (&owner);
}

/* A language is a folder among those of languages: a profile does not lead out of there. */
static void
test_language (void)
{
  static const char *const odd[] = { "../en", "./en", "en/", "", "e n", "../../../etc" };
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *languages = g_build_filename (folder, "languages", NULL);
  g_autofree char *aside = g_build_filename (folder, "en", NULL);
  g_autofree char *english = g_test_build_filename (G_TEST_DIST, "..", "data", "voice", "en", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(WbVoiceLanguage) known = wb_voice_load_language ("en", &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir (languages, 0700), ==, 0);
  g_assert_cmpint (symlink (english, aside), ==, 0);
  g_setenv ("WAYBILL_VOICE_PATH", languages, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_assert_null (wb_voice_load_language (odd[i], &error));
      g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND);
      g_clear_error (&error);
    }
  g_unsetenv ("WAYBILL_VOICE_PATH");
  g_assert_cmpint (g_unlink (aside), ==, 0);
}

/* Where it speaks stands in a station's profile too: that is a loudspeaker, and nothing that keeps what is said. */
static void
test_only_speaks (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *file = g_build_filename (folder, "written", NULL);
  g_autofree char *sink = g_strdup_printf ("filesink location=\"%s\"", file);
  Owner owner;

  if (!can_hear_and_speak ())
    return;
  own (&owner, "push-to-talk");
  g_assert_true (wb_device_set_option (owner.voice, "sink", sink, NULL));
  wb_device_close (owner.voice);
  wb_device_open (owner.voice);
  wb_test_wait_until (wb_device_get_state (owner.voice) == WB_DEVICE_STATE_READY);
  wb_voice_say (WB_VOICE (owner.voice), "Damaged.");
  wb_test_wait_until (!wb_voice_is_speaking (WB_VOICE (owner.voice)));
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  disown (&owner);
}

static void
test_trouble (void)
{
  static const struct
  {
    const char *source;
    const char *option;
    const char *value;
    const char *says;
  } cases[] = {
    { "nosuchelement", "mode", "hands-free", "the microphone needs a part of GStreamer that is missing" },
    { "", "mode", "hands-free", "nobody has said where the sound comes from" },
    { "audiotestsrc is-live=true wave=silence", "language", "xx", "no voice files for the language “xx”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WbDevice *voice = wb_voice_new (cases[i].source, "voice:test", "Test microphone");

      g_assert_true (wb_device_set_option (voice, cases[i].option, cases[i].value, NULL));
      wb_device_open (voice);
      wb_test_wait_until (wb_device_get_state (voice) == WB_DEVICE_STATE_TROUBLE);
      g_test_message ("%s", wb_device_get_message (voice));
      g_assert_nonnull (strstr (wb_device_get_message (voice), cases[i].says));
      wb_voice_listen (WB_VOICE (voice));
      g_assert_false (wb_voice_is_listening (WB_VOICE (voice)));
      wb_device_close (voice);
      g_assert_finalize_object (voice);
      wb_test_wait_until (_wb_media_count () == 0);
    }
}

int
main (int argc, char **argv)
{
  int status = 0;

  wb_test_init (&argc, &argv);

  g_test_add_func ("/voice/gate", test_gate);
  g_test_add_func ("/voice/silent-line", test_silent_line);
  g_test_add_func ("/voice/understands", test_understands);
  g_test_add_func ("/voice/language", test_language);
  g_test_add_func ("/voice/missing", test_missing);
  g_test_add_func ("/voice/push-to-talk", test_push_to_talk);
  g_test_add_func ("/voice/hands-free", test_hands_free);
  g_test_add_func ("/voice/speaks", test_speaks);
  g_test_add_func ("/voice/only-speaks", test_only_speaks);
  g_test_add_func ("/voice/trouble", test_trouble);
  status = g_test_run ();
  if (gst_is_initialized ())
    gst_deinit ();
  return status;
}
