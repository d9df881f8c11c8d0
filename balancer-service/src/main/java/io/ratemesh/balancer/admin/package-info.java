/**
 * The stats port: login, roles, CSRF protection, commands, and the routes that serve statistics. What is counted is in {@code stats}.
 */
@NullMarked
package io.ratemesh.balancer.admin;

import org.jspecify.annotations.NullMarked;
