/** Tests of the tables that routes read. */
@NullMarked
package io.masterdeal.routes.csv;

import org.jspecify.annotations.NullMarked;
