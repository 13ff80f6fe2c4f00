/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bench that is talked to: what is spoken does what the buttons do, after a yes. */
#include "config.h"

#include <gst/gst.h>

#include "devices/wb-media-private.h"
#include "devices/wb-voice-recogniser.h"
#include "tests/devices/wb-test-voice.h"
#include "tests/ui/wb-test-bench.h"
#include "tests/wb-test.h"
#include "ui/station/wb-bench-voice.h"

typedef struct
{
  WbTestBenchShop shop;
  WbTestMicrophone *microphone;
  WbDevice *voice;
  WbBench *bench;
  WbBenchVoice *talk;
  guint n_heard;
} Packer;

static gboolean
can_hear (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbVoiceLanguage) language = wb_voice_load_language ("en", &error);
  g_autoptr (WbVoiceRecogniser) recogniser = language != NULL ? wb_voice_recogniser_new (language, &error) : NULL;
  g_autoptr (WbTestVoice) voice = wb_test_voice_new ();

  if (recogniser == NULL && g_getenv ("CI") != NULL)
    g_test_fail_printf ("%s", error->message);
  else if (recogniser == NULL)
    g_test_skip (error->message);
  return recogniser != NULL && wb_test_voice_speak (voice, "yes", "en-us");
}

static void
heard_cb (Packer *packer)
{
  packer->n_heard++;
}

static gboolean
packer_start (Packer *packer, const char *speak)
{
  g_autofree char *done = NULL;

  if (!can_hear () || !wb_test_bench_shop_open (&packer->shop))
    return FALSE;
  done = wb_test_bench_ask (&packer->shop, "update wb.bin set check_digits = '47' where code in ('A-04-2', 'B-02-1') returning 'done'");
  packer->microphone = wb_test_microphone_new ();
  packer->voice = wb_voice_new (wb_test_microphone_get_source (packer->microphone), "voice:test", "Test microphone");
  g_assert_true (wb_device_set_option (packer->voice, "mode", "hands-free", NULL));
  g_assert_true (wb_device_set_option (packer->voice, "sink", "fakesink sync=true", NULL));
  g_assert_true (wb_device_set_option (packer->voice, "pace", "240", NULL));
  g_assert_true (wb_device_set_option (packer->voice, "speak", speak, NULL));
  g_signal_connect_swapped (packer->voice, "heard", G_CALLBACK (heard_cb), packer);
  wb_device_open (packer->voice);
  packer->bench = wb_test_bench_open (&packer->shop, "ST1");
  packer->talk = wb_bench_voice_new (packer->bench);
  wb_bench_voice_set_voice (packer->talk, WB_VOICE (packer->voice));
  wb_test_bench_next (packer->bench, "10482");
  wb_bench_scan (packer->bench, "WB:CONFIRM");
  g_assert_cmpint (wb_test_bench_get_step (packer->bench), ==, WB_JOB_STEP_PICK);
  wb_test_wait_until (wb_device_get_state (packer->voice) == WB_DEVICE_STATE_READY);
  return TRUE;
}

static void
packer_stop (Packer *packer)
{
  wb_test_bench_stored (packer->bench);
  g_assert_finalize_object (packer->talk);
  g_clear_object (&packer->bench);
  wb_device_close (packer->voice);
  g_assert_finalize_object (packer->voice);
  wb_test_wait_until (_wb_media_count () == 0);
  wb_test_microphone_free (packer->microphone);
  wb_test_bench_shop_close (&packer->shop);
}

/* Says it, and waits until it was heard. */
static void
say (Packer *packer, const char *text)
{
  g_autoptr (WbTestVoice) voice = wb_test_voice_new ();
  guint n = packer->n_heard;

  wb_test_voice_be_silent (voice, 200);
  g_assert_true (wb_test_voice_speak (voice, text, "en-us+f2"));
  wb_test_voice_be_silent (voice, 600);
  wb_test_microphone_hear (packer->microphone, voice);
  wb_test_wait_until (packer->n_heard > n);
}

/* The shelf's digits are a yes; others are not. A command is asked for first, and "no" leaves all as it was. */
static void
test_fetch (void)
{
  Packer packer = { 0 };
  const WbJobState *state = NULL;
  guint line = 0;

  if (!packer_start (&packer, "off"))
    return;
  state = wb_bench_get_state (packer.bench);
  line = state->line;
  say (&packer, "hello bench");
  g_assert_true (wb_bench_voice_is_listening (packer.talk));
  say (&packer, "skip item");
  g_assert_true (wb_bench_voice_is_asking (packer.talk));
  g_assert_cmpstr (wb_bench_voice_get_text (packer.talk), ==, "Skip: yes or no?");
  g_assert_cmpuint (state->line, ==, line);
  say (&packer, "no thank you");
  g_assert_false (wb_bench_voice_is_asking (packer.talk));
  g_assert_cmpuint (state->line, ==, line);
  say (&packer, "skip item");
  say (&packer, "yes please");
  g_assert_cmpuint (state->line, !=, line);
  say (&packer, "check seven four");
  g_assert_cmpstr (wb_bench_voice_get_text (packer.talk), ==, "That is another shelf. Go to B-02-1.");
  g_assert_cmpuint (wb_job_state_get_picked (state), ==, 0);
  say (&packer, "check four seven");
  g_assert_cmpuint (wb_job_state_get_picked (state), ==, 2);
  g_assert_cmpuint (state->line, ==, line);
  wb_test_bench_stored (packer.bench);
  wb_test_bench_assert_says (&packer.shop, "select string_agg(kind, ' ' order by seq) from wb.work_event where kind in ('skip', 'pick', 'wrong')",
                             "skip pick");
  packer_stop (&packer);
}

/* The question is read out, and the answer is listened to once that is over; what sounds meanwhile is no answer. */
static void
test_reads_back (void)
{
  Packer packer = { 0 };
  g_autoptr (WbTestVoice) early = wb_test_voice_new ();

  if (!packer_start (&packer, "on"))
    return;
  wb_bench_voice_talk (packer.talk);
  g_assert_true (wb_bench_voice_is_listening (packer.talk));
  say (&packer, "put aside");
  g_assert_true (wb_bench_voice_is_asking (packer.talk));
  g_assert_true (wb_voice_is_speaking (WB_VOICE (packer.voice)));
  g_assert_true (wb_test_voice_speak (early, "yes please", "en-us+f2"));
  wb_test_microphone_hear (packer.microphone, early);
  wb_test_wait_until (!wb_voice_is_speaking (WB_VOICE (packer.voice)) && wb_test_microphone_is_quiet (packer.microphone));
  g_assert_true (wb_bench_voice_is_asking (packer.talk));
  g_assert_false (wb_bench_get_state (packer.bench)->is_aside);
  say (&packer, "yes please");
  wb_test_wait_until (wb_bench_get_state (packer.bench) == NULL ||
                      !g_str_equal (wb_bench_get_work (packer.bench)->job->number, "10482"));
  packer_stop (&packer);
}

int
main (int argc, char **argv)
{
  int status = 0;

  wb_test_init (&argc, &argv);

  g_test_add_func ("/bench-voice/fetch", test_fetch);
  g_test_add_func ("/bench-voice/reads-back", test_reads_back);
  status = g_test_run ();
  if (gst_is_initialized ())
    gst_deinit ();
  return status;
}
