/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of the print queue share: wb-print-job.c (one document), wb-print-handover.c (it and its printer), wb-print-queue.c (all
 * of them) and wb-print-spool.c (the same on disk).
 */
#pragma once

#include "devices/wb-print-job.h"
#include "devices/wb-print-queue.h"

G_BEGIN_DECLS

struct _WbPrintJob
{
  GObject parent_instance;

  gint64 number;  /* of its files */
  int generation; /* of its bytes: another each time they are written anew */
  int kept;       /* the generation that is on disk, or WB_PRINT_JOB_NOT_KEPT */
  WbPrintKind kind;
  WbPrintJobState state;
  gint64 made_us;
  gboolean is_patient;
  gboolean is_cancelling;

  /* Owned references */
  WbPrintDocument *document;
  WbPrintRoute *route;   /* (nullable): NULL for a printer that no route names */
  WbPrinter *printer;    /* (nullable): NULL until it is needed */
  WbPrintRoute *move_to; /* (nullable): where it goes when it is taken back from here */
  WbPrinter *next;       /* (nullable): the same as an object */
  WbPrintDocument *anew; /* (nullable): what is printed there, where that is written otherwise */
  char *language;        /* what the bytes of the document are */
  char *printer_name;
  char *message;
  char *handed; /* (nullable): the printer's name for it */
  GPtrArray *askers; /* GTask of whoever waits until it is handed over */
};

/* Its bytes are not on disk. */
#define WB_PRINT_JOB_NOT_KEPT (-1)

WbPrintJob *_wb_print_job_new (const WbPrintDocument *document, WbPrintKind kind);

/**
 * _wb_print_job_set_document:
 * @document: (transfer full): what is printed from now on
 * @language: (nullable): what its bytes are, when they are not PDF
 */
void _wb_print_job_set_document (WbPrintJob *self, WbPrintDocument *document, const char *language);

/**
 * _wb_print_job_renew_document:
 *
 * The same for one that was kept already: on disk as soon as the job is kept the next time.
 */
void _wb_print_job_renew_document (WbPrintJob *self, WbPrintDocument *document, const char *language);

/**
 * _wb_print_job_set_printer:
 * @route: (nullable): what leads there; NULL when nothing does
 */
void _wb_print_job_set_printer (WbPrintJob *self, WbPrinter *printer, const WbPrintRoute *route);
void _wb_print_job_set (WbPrintJob *self, WbPrintJobState state, const char *message);

/**
 * _wb_print_job_answer:
 * @error: (nullable): why it was not handed over
 *
 * Tells whoever waits until it is handed over.
 */
void _wb_print_job_answer (WbPrintJob *self, const GError *error);

/**
 * _wb_print_job_judge:
 * @error: why its printer did not take it
 *
 * Returns: what it is then: one that is patient waits for what passes
 */
WbPrintJobState _wb_print_job_judge (WbPrintJob *self, const GError *error);

/**
 * _wb_print_job_write_anew:
 * @route: to another printer
 *
 * Returns: (transfer full) (nullable): its document as that printer is told, with its dots, from its tray; NULL with @error when it cannot be written
 */
WbPrintDocument *_wb_print_job_write_anew (WbPrintJob *self, const WbPrintRoute *route, GError **error);

/**
 * _wb_print_handover_begin:
 * @queue: kept, as the job is, until the printer answered
 *
 * Sends a job to its printer, and waits until it came out.
 */
void _wb_print_handover_begin (WbPrintQueue *queue, WbPrintJob *job);

/**
 * _wb_print_handover_wait:
 *
 * The printer has it: waits until it came out.
 */
void _wb_print_handover_wait (WbPrintQueue *queue, WbPrintJob *job);

/**
 * _wb_print_handover_ask_back:
 *
 * Wants it back from its printer, which may be too late; then it goes on as _wb_print_handover_go_on() says.
 */
void _wb_print_handover_ask_back (WbPrintQueue *queue, WbPrintJob *job);

/**
 * _wb_print_handover_go_on:
 *
 * For one that is certain not to come out where it was: it goes where it was moved to, or is over.
 */
void _wb_print_handover_go_on (WbPrintQueue *queue, WbPrintJob *job);

/**
 * _wb_print_queue_find_printer:
 *
 * Returns: (transfer none): what the route of a job leads to
 */
WbPrinter *_wb_print_queue_find_printer (WbPrintQueue *self, WbPrintJob *job);

/**
 * _wb_print_queue_get_cancellable:
 *
 * Returns: (transfer none): cancelled when the queue ends
 */
GCancellable *_wb_print_queue_get_cancellable (WbPrintQueue *self);

/**
 * _wb_print_queue_set_state:
 *
 * How far a job is now, also on disk.
 */
void _wb_print_queue_set_state (WbPrintQueue *self, WbPrintJob *job, WbPrintJobState state, const char *message);

typedef struct _WbPrintSpool WbPrintSpool;

/**
 * _wb_print_spool_new:
 * @folder: where jobs are kept: NUMBER.job says what it is and which file has its bytes (NUMBER-GENERATION.data)
 */
WbPrintSpool *_wb_print_spool_new (const char *folder);

/**
 * _wb_print_spool_free:
 *
 * Waits until what was kept is written.
 */
void _wb_print_spool_free (WbPrintSpool *self);

/**
 * _wb_print_spool_keep:
 *
 * Writes a job as it is now, so that on disk it is wholly as it was or wholly as it is. The bytes are written once for each generation, and
 * are there no longer than they are needed.
 */
void _wb_print_spool_keep (WbPrintSpool *self, WbPrintJob *job);

/**
 * _wb_print_spool_is_behind:
 *
 * Returns: whether writing a job failed, so that it has to be kept once more
 */
gboolean _wb_print_spool_is_behind (WbPrintSpool *self, WbPrintJob *job);
void _wb_print_spool_forget (WbPrintSpool *self, WbPrintJob *job);

/**
 * _wb_print_spool_load_async:
 * @before: of jobs with smaller numbers; bytes that none of them needs are deleted
 *
 * Finish with _wb_print_spool_load_finish(): (transfer full) (element-type WbPrintJob): what an earlier run kept, the oldest first.
 */
void _wb_print_spool_load_async (WbPrintSpool *self, gint64 before, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *_wb_print_spool_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
