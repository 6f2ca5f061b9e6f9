/** What is done to the processes of a platform, and when: all of it from a seed. */
@NullMarked
package io.masterdeal.crash.fault;

import org.jspecify.annotations.NullMarked;
