/** CSV for routes: a table read row by row, a bad row being no reason to give up the others. */
@NullMarked
package io.masterdeal.routes.csv;

import org.jspecify.annotations.NullMarked;
