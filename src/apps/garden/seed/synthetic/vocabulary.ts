/**
 * Words for names and descriptions: 256, so that a byte selects one. None starts the name of a
 * well-known package; a test checks this.
 */
export const words: readonly string[] = `
acorn alder almond amber anchor apple apricot arbor arch arrow ash aspen aster atlas aurora autumn
badger bamboo barley barn basil basin bay beacon bean beech berry birch blossom bloom bluff bramble
branch breeze briar bridge brook buckle burrow butter cabin cactus canal canopy canyon cape cardinal carrot
cedar cellar chestnut cider cinder citrus clay clearing cliff cloud clover coast cobble comet copper
coral corn cottage cotton cove crane creek crest cricket crocus crow crystal current cypress dahlia dale
dawn delta desert dew dove drift dune dusk eagle ebony echo eddy elder elm ember estuary falcon fallow
fawn feather fennel fern field finch fir fjord flame flax flint flock flora flume foliage ford forest
fountain fox foxglove frost gale garnet geyser ginger glacier glade glen glow goose gorge gorse granite
grape grass gravel grove gull gust hail hare harbor harvest hawk hay hazel heath heather hedge heron hickory
hill holly hollow honey horizon iris iron island ivory ivy jasmine jay juniper kelp kestrel kettle knoll
lagoon lake lantern larch lark laurel lavender leaf ledge lemon lilac lily lime linden linen loam lotus
lynx magnolia mallow maple marble marigold marsh meadow melon mica mill mint mist moor moss mulberry myrtle
nectar nettle nutmeg oak oasis oat olive onyx opal orchard orchid oriole osprey otter
owl pansy parsley pasture peach pear pebble pepper petal pine plain plum pond poplar poppy
prairie quail quarry quartz quince rain raven reed reef ridge river robin rock root rose rosemary rowan ruby
rush rye saffron sage sand sapphire shale shell shore sleet
`
  .trim()
  .split(/\s+/);

/** Purposes in package descriptions. */
export const purposes: readonly string[] = `
parsing routing caching logging testing rendering bundling streaming validating formatting scheduling sorting
searching indexing compressing encrypting hashing tracing profiling mocking linting templating translating
serialising querying migrating pooling batching retrying throttling debouncing paginating uploading resizing
charting animating drawing layouting theming scraping crawling mailing notifying authenticating authorising
monitoring deploying packaging versioning diffing merging patching synchronising replicating sharding
`
  .trim()
  .split(/\s+/);

/** Subjects in package descriptions. */
export const subjects: readonly string[] = `
tables queries tokens sessions requests responses headers cookies documents images fonts colours icons menus
forms dialogs buttons charts maps routes events messages queues streams buffers files folders archives
certificates keys passwords users teams invoices payments orders carts prices taxes dates calendars timezones
numbers matrices vectors graphs trees lists sets strings templates locales translations markdown spreadsheets
logs metrics traces alerts backups snapshots migrations schemas
`
  .trim()
  .split(/\s+/);

/** Environments in package descriptions. */
export const places: readonly string[] = `
browsers servers terminals workers containers clusters notebooks editors spreadsheets phones watches sensors
pipelines databases warehouses gateways proxies kiosks robots games
`
  .trim()
  .split(/\s+/);
