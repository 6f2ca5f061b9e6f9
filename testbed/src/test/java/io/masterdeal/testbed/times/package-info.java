/** Whether the tables of times say what was measured. */
@NullMarked
package io.masterdeal.testbed.times;

import org.jspecify.annotations.NullMarked;
