/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a camera looks at in tests: a table with barcodes on it, drawn to a file that is then its source. Nothing else of
 * the way from the picture to the scan is ours to fake.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WbTestScene WbTestScene;

/**
 * wb_test_scene_new:
 *
 * Returns: (transfer full): a table of one colour (red, green, blue: 0 to 1) with nothing on it
 */
WbTestScene *wb_test_scene_new (guint width, guint height, double red, double green, double blue);
void wb_test_scene_free (WbTestScene *self);

/**
 * wb_test_scene_add_code:
 * @symbology: zint's number of it
 * @is_gs1: @text is a GS1 element string with brackets
 * @x: of its middle
 * @y: of its middle
 * @module: pixels that the thinnest bar is wide
 * @turned: degrees
 */
void wb_test_scene_add_code (WbTestScene *self, int symbology, gboolean is_gs1, const char *text, double x, double y,
                             double module, double turned);

/**
 * wb_test_scene_save:
 *
 * Returns: (transfer full): a file @name in a temporary folder
 */
char *wb_test_scene_save (WbTestScene *self, const char *folder, const char *name);

/**
 * wb_test_scene_source:
 *
 * Returns: (transfer full): a source that goes on showing the file at @path
 */
char *wb_test_scene_source (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTestScene, wb_test_scene_free)

G_END_DECLS
