package io.computronium.storage.tree;

import java.util.List;
import java.util.Map;

/**
 * What an update makes of a tree. Nothing of the old tree is changed: whoever keeps both also keeps
 * the stale pages.
 *
 * @param created pages of the new version
 * @param stale pages of earlier versions that the new tree does not have any more
 */
public record TreeChange(TreeRoot root, Map<NodeKey, Page> created, List<NodeKey> stale) {}
