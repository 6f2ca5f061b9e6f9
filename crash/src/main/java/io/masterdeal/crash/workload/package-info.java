/** Random deals, and what the platform must answer about them. */
@NullMarked
package io.masterdeal.crash.workload;

import org.jspecify.annotations.NullMarked;
