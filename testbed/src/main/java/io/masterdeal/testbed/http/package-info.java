/** Requests that no well-behaved client sends, and how every API must answer them. */
@NullMarked
package io.masterdeal.testbed.http;

import org.jspecify.annotations.NullMarked;
