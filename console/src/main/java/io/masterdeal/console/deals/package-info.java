/** The list of deals: filters in the address, pages, saved views, CSV. */
@NullMarked
package io.masterdeal.console.deals;

import org.jspecify.annotations.NullMarked;
