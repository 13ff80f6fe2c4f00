/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small files that outlive the program, written by one thread in the order in which they were given. A file is there as a whole, as it was
 * before or as it is to be, whenever the program or the machine stops. Several files change in steps (WbFileChange), the next only when the
 * one before is on disk, so that the last step can be the one that counts. Not for reading, and not for files of unknown size. Main thread;
 * only the thread touches the disk.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WbFileChange:
 *
 * What is to happen to some files, step by step. The first step that fails is the last one that is tried.
 */
typedef struct _WbFileChange WbFileChange;

/**
 * wb_file_change_new:
 * @name: what #WbFileWriter::done calls it
 *
 * Returns: (transfer full): a change without steps
 */
WbFileChange *wb_file_change_new (const char *name);
void wb_file_change_free (WbFileChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbFileChange, wb_file_change_free)

/**
 * wb_file_change_write:
 * @path: replaced, or made; its folder too, for nobody but the user to see
 * @contents: all that is in it
 */
void wb_file_change_write (WbFileChange *self, const char *path, GBytes *contents);

/**
 * wb_file_change_rename:
 * @new_path: in the same folder; replaced. Where there is no @path it fails with %G_IO_ERROR_NOT_FOUND
 */
void wb_file_change_rename (WbFileChange *self, const char *path, const char *new_path);

/**
 * wb_file_change_remove:
 * @path: one that is not there is no failure
 */
void wb_file_change_remove (WbFileChange *self, const char *path);

/**
 * wb_file_change_require:
 * @path: must be there for what follows to be done
 *
 * For a step that says where others are that an earlier change wrote, or failed to.
 */
void wb_file_change_require (WbFileChange *self, const char *path);

#define WB_TYPE_FILE_WRITER (wb_file_writer_get_type ())
G_DECLARE_FINAL_TYPE (WbFileWriter, wb_file_writer, WB, FILE_WRITER, GObject)

/**
 * WbFileWriter::done:
 * @name: of the change
 * @error: (nullable): why its steps, from the failing one on, were not done; a GIOError. What the files said before, they still say
 *
 * A change is on disk, or failed. Once for each, in their order, in the main context that the writer was made in; never after the writer is
 * finalized.
 */

/**
 * wb_file_writer_new:
 *
 * Letting go of the last reference waits until all that was given is written: that may block, for small files.
 *
 * Returns: (transfer full): a writer
 */
WbFileWriter *wb_file_writer_new (void);

/**
 * wb_file_writer_push:
 * @change: (transfer full): done after all that was given before
 */
void wb_file_writer_push (WbFileWriter *self, WbFileChange *change);

/**
 * wb_file_writer_write:
 *
 * One step; its name is @path. The same holds for wb_file_writer_rename() and wb_file_writer_remove().
 */
void wb_file_writer_write (WbFileWriter *self, const char *path, GBytes *contents);
void wb_file_writer_rename (WbFileWriter *self, const char *path, const char *new_path);
void wb_file_writer_remove (WbFileWriter *self, const char *path);

/**
 * wb_file_writer_clean:
 * @folder: where a writer of an earlier run wrote; need not be there
 * @ending: of its files, such as ".job"
 *
 * Deletes what a program that was killed had not written to its end. To be given first, so that nothing of this run is meant. Its name is
 * @folder.
 */
void wb_file_writer_clean (WbFileWriter *self, const char *folder, const char *ending);

G_END_DECLS
