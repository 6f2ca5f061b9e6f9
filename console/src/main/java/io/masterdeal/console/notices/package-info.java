/** Notices that reach people: channels as a file, signed webhooks, mail, chats, and a call that proves that the watch is alive. */
@NullMarked
package io.masterdeal.console.notices;

import org.jspecify.annotations.NullMarked;
