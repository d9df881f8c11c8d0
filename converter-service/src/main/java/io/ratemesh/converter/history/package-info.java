/** The days and the minutes this node holds, and how they come from the jar and from the cluster. */
@NullMarked
package io.ratemesh.converter.history;

import org.jspecify.annotations.NullMarked;
