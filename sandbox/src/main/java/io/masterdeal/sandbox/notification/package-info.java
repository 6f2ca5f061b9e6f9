/**
 * What the systems are told by subscription: events that arrive by HTTP, signed, once or more often. Who takes them, and what each
 * of them keeps.
 */
@NullMarked
package io.masterdeal.sandbox.notification;

import org.jspecify.annotations.NullMarked;
