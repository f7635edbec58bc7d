package io.computronium.cli.command;

/**
 * A command about one node, which has a flag for each of its settings; see {@link SettingFlags}.
 */
interface ConfiguredVerb extends Verb {}
