/** Requests that no decent client would send. */
@NullMarked
package io.masterdeal.testbed.http;

import org.jspecify.annotations.NullMarked;
