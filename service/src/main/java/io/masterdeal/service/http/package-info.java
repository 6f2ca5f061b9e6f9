/** What the answers over HTTP have in common: pages, times, and problems (RFC 9457). */
@NullMarked
package io.masterdeal.service.http;

import org.jspecify.annotations.NullMarked;
