/** What the answers of the roles over HTTP have in common: pages, times, and problems (RFC 9457). */
@NullMarked
package io.masterdeal.role.http;

import org.jspecify.annotations.NullMarked;
