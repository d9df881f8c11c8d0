/**
 * The settings of all roles, read strictly from the command line, the environment and a file into typed records, with their
 * ranges and defaults. What a node does with a setting is not here.
 */
@NullMarked
package io.ratemesh.node.settings;

import org.jspecify.annotations.NullMarked;
