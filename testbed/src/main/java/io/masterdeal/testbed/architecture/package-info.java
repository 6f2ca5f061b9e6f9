/** The rules of the house, by which every module can be checked. */
@NullMarked
package io.masterdeal.testbed.architecture;

import org.jspecify.annotations.NullMarked;
