/**
 * The current book of rates, kept up to date from the cluster, and the quotes made from it. Rates are not chosen or
 * checked here: rates nodes do that.
 */
@NullMarked
package io.ratemesh.converter.book;

import org.jspecify.annotations.NullMarked;
