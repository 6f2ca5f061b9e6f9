/** What an operator may ask for: how far the service is, and repairs that can be repeated. */
@NullMarked
package io.masterdeal.service.operate;

import org.jspecify.annotations.NullMarked;
