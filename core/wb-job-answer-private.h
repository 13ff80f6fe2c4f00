/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of answering share: wb-job-answer.c (scans, boxes, weights, labels), wb-job-product.c (products),
 * wb-job-command.c (commands) and wb-job-expect.c (what to do now, in words).
 */
#pragma once

#include "core/wb-job-answer.h"

G_BEGIN_DECLS

/**
 * _wb_job_answer_new:
 * @message: (transfer full)
 * @expected: (transfer full) (nullable): what to do now
 *
 * Returns: (transfer full): an answer without events
 */
WbJobAnswer *_wb_job_answer_new (WbJobAnswerKind kind, char *message, char *expected);
WbJobAnswer *_wb_job_answer_good (char *message);
WbJobAnswer *_wb_job_answer_wrong (const WbJobState *state, const char *code, char *message);
WbJobAnswer *_wb_job_answer_refuse (const WbJobState *state, char *message);
WbJobEvent *_wb_job_answer_add_event (WbJobAnswer *self, WbJobEventKind kind);
WbJobEvent *_wb_job_answer_add_line_event (WbJobAnswer *self, WbJobEventKind kind, guint line, guint quantity,
                                           const char *code);

/**
 * _wb_job_answer_take_product:
 * @text: as it was scanned
 * @chosen: (nullable): which of several products it is
 *
 * Returns: (transfer full) (nullable): what the pieces that it stands for do; %NULL when it stands for none of the job
 */
WbJobAnswer *_wb_job_answer_take_product (const WbJobState *state, const char *text, const WbJobLine *chosen);
WbJobAnswer *_wb_job_answer_take_box (const WbJobState *state, const WbJobBox *box);
guint _wb_job_state_get_remaining (const WbJobState *state, guint number);

G_END_DECLS
