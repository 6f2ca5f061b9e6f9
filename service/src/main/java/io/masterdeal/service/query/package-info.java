/** Answers for deals, facts and conflicts over HTTP. It only reads. */
@NullMarked
package io.masterdeal.service.query;

import org.jspecify.annotations.NullMarked;
