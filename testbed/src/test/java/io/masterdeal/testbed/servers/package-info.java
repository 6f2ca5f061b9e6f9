/** Whether servers that are lent again are as new. */
@NullMarked
package io.masterdeal.testbed.servers;

import org.jspecify.annotations.NullMarked;
