/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of answering share: wb-job-answer.c (scans, weights, labels), wb-job-command.c (commands) and
 * wb-job-expect.c (what to do now, in words).
 */
#pragma once

#include "core/wb-job-answer.h"

G_BEGIN_DECLS

WbJobAnswer *_wb_job_answer_good (char *message);
WbJobAnswer *_wb_job_answer_wrong (const WbJobState *state, const char *code, char *message);
WbJobAnswer *_wb_job_answer_refuse (const WbJobState *state, char *message);
WbJobEvent *_wb_job_answer_add_event (WbJobAnswer *self, WbJobEventKind kind);
WbJobEvent *_wb_job_answer_add_line_event (WbJobAnswer *self, WbJobEventKind kind, guint line, guint quantity,
                                           const char *code);
WbJobAnswer *_wb_job_answer_take_box (const WbJobState *state, const WbJobBox *box);
guint _wb_job_state_get_remaining (const WbJobState *state, guint number);

G_END_DECLS
