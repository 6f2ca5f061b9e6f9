/**
 * Tells open pages that something has changed. {@code GET /live} is a stream of Server-Sent Events that names topics, such as {@code deals}
 * or {@code alerts}; the page then fetches itself again and takes over what differs. A screen becomes live by one element:
 *
 * <pre>{@code <section id="stages" data-live="deals">...</section>}</pre>
 *
 * <p>It needs an id. {@code data-live} names topics, separated by spaces; with none named, each change counts. {@code data-live-url} is where its new content is, if
 * that is not the page itself: a page or a part of one that has the element with the same id. {@code data-live-deal}, with the id of a
 * deal, leaves out changes of other deals. A list whose rows must not change places under the reader's hand says {@code data-live-hold}:
 * its rows, which need ids, are updated where they are, and a button offers the new order.
 *
 * <p>Whoever knows of a change calls {@link io.masterdeal.console.live.LiveTopics#changed}.
 */
@NullMarked
package io.masterdeal.console.live;

import org.jspecify.annotations.NullMarked;
