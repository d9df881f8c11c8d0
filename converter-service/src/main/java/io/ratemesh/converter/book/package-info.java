/** The book this node holds: how it comes from the cluster, and what answers take from it. */
@NullMarked
package io.ratemesh.converter.book;

import org.jspecify.annotations.NullMarked;
