/** The rate book and exact money arithmetic: pure values, no I/O. */
@NullMarked
package io.ratemesh.model;

import org.jspecify.annotations.NullMarked;
