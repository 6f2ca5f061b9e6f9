/** The HTTP server of a role with its limits, and the form of answers: pages, times, and problems (RFC 9457). */
@NullMarked
package io.masterdeal.role.http;

import org.jspecify.annotations.NullMarked;
