/**
 * The book of rates and the status of the feeds as they are shared in the cluster. Making a book is the task of the rates
 * service.
 */
@NullMarked
package io.ratemesh.node.book;

import org.jspecify.annotations.NullMarked;
