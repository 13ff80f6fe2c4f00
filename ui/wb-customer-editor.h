/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Changes the basics of a customer. What was typed stays when saving fails or the connection is away; when somebody else
 * was faster, it takes over their changes and keeps one's own; it closes without a question only when nothing was
 * changed. Emits "saved" with the id of the act. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "core/wb-customer.h"
#include "db/wb-db.h"

G_BEGIN_DECLS

#define WB_TYPE_CUSTOMER_EDITOR (wb_customer_editor_get_type ())
G_DECLARE_FINAL_TYPE (WbCustomerEditor, wb_customer_editor, WB, CUSTOMER_EDITOR, AdwWindow)

GtkWidget *wb_customer_editor_new (GtkWindow *parent, WbDb *db, const WbCustomerHead *customer);

G_END_DECLS
