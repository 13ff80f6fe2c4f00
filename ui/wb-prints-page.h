/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of the ledger of prints: what was printed, where, by whom, and why again. Main thread. */
#pragma once

#include "ui/wb-list-page.h"

G_BEGIN_DECLS

#define WB_TYPE_PRINTS_PAGE (wb_prints_page_get_type ())
G_DECLARE_FINAL_TYPE (WbPrintsPage, wb_prints_page, WB, PRINTS_PAGE, WbListPage)

G_END_DECLS
