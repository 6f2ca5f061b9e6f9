/** The real servers the tests of the service run against, and schemas of their own for each test. */
@NullMarked
package io.masterdeal.service.servers;

import org.jspecify.annotations.NullMarked;
