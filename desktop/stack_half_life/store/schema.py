"""The profile cache's schema.

Everything but `user_facts` can be rebuilt: the fact tables hold what the program ships plus,
marked `origin = 'user'`, what the user added; `user_facts` keeps the latter as it was given.

- `technologies`: something a stack can be made of; `id` is lowest where there is most evidence.
- `aliases`: every text that names a technology, folded for comparison; `kind` is key, name,
  alias. `purls`: package URLs without a version.
- `cycles`: release cycles, models and generations, with support windows. `releases`: finer
  versions. `ends`: ended technologies. `repositories`: activity. `code_survival`: curves.
- `packages`: packages met in manifests, with a hand-written label and their layer.
- `tenure_repositories`, `tenures`: how long dependencies stayed in manifests;
  `tenure_counts`: the same summed per technology and kind of repository.
- `summaries`: what the list of technologies shows, derived when facts change.
- `derived_profiles`: figures computed by a model version, as JSON, dropped when facts change.
- `sources`: where facts come from, with licence and date. `facts_state`: what was seeded.
- `technology_search`: full-text index over names, keys, purls and keywords.

Dates are texts of the precision known (2024-05-03, 2024-05, 2024); unknown is NULL or ''.
Views for people: `technologies_overview`, `cycles_readable`, `tenures_readable`,
`user_facts_readable`.
"""

APPLICATION_ID = 0x53484C31
"""Marks a SQLite file as a profile cache (`SHL1`)."""

_EVIDENCE = """
    source TEXT NOT NULL REFERENCES sources(key),
    retrieved_on TEXT NOT NULL,
    confidence TEXT NOT NULL CHECK (confidence IN ('high', 'medium', 'low')),
    note TEXT NOT NULL DEFAULT '',
    origin TEXT NOT NULL DEFAULT 'shipped' CHECK (origin IN ('shipped', 'user'))"""

_OF_TECHNOLOGY = "TEXT NOT NULL REFERENCES technologies(key) ON DELETE CASCADE"

TABLES = (
    """CREATE TABLE facts_state (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT""",
    """CREATE TABLE sources (
    key TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    address TEXT NOT NULL DEFAULT '',
    licence TEXT NOT NULL DEFAULT '',
    credit TEXT NOT NULL DEFAULT '',
    retrieved_on TEXT NOT NULL
) STRICT""",
    f"""CREATE TABLE technologies (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    layer TEXT NOT NULL,
    generation TEXT NOT NULL,
    nature TEXT NOT NULL,
    category TEXT NOT NULL DEFAULT '',
    keywords TEXT NOT NULL DEFAULT '',
    classified_by TEXT NOT NULL DEFAULT '',
    observed_until TEXT,{_EVIDENCE}
) STRICT""",
    f"""CREATE TABLE aliases (
    folded TEXT NOT NULL,
    technology {_OF_TECHNOLOGY},
    alias TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('key', 'name', 'alias')),
    PRIMARY KEY (folded, technology)
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE purls (
    purl TEXT NOT NULL,
    technology {_OF_TECHNOLOGY},
    PRIMARY KEY (purl, technology)
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE cycles (
    technology {_OF_TECHNOLOGY},
    position INTEGER NOT NULL,
    cycle TEXT NOT NULL,
    released_on TEXT,
    support_ends_on TEXT,
    support TEXT NOT NULL,
    is_lts INTEGER NOT NULL,
    is_breaking INTEGER,
    deprecation_announced_on TEXT,
    successor TEXT NOT NULL DEFAULT '',{_EVIDENCE},
    PRIMARY KEY (technology, cycle)
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE releases (
    technology {_OF_TECHNOLOGY},
    version TEXT NOT NULL,
    released_on TEXT NOT NULL,{_EVIDENCE},
    PRIMARY KEY (technology, version)
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE ends (
    technology TEXT PRIMARY KEY REFERENCES technologies(key) ON DELETE CASCADE,
    kind_of_end TEXT NOT NULL,
    born_on TEXT,
    ended_on TEXT NOT NULL,
    successor TEXT NOT NULL DEFAULT '',{_EVIDENCE}
) STRICT""",
    f"""CREATE TABLE repositories (
    technology {_OF_TECHNOLOGY},
    repository TEXT NOT NULL,
    kind TEXT NOT NULL,
    first_commit_on TEXT NOT NULL,
    last_commit_on TEXT NOT NULL,
    observed_until TEXT NOT NULL,
    commits INTEGER NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (technology, repository)
) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE code_survival (
    technology {_OF_TECHNOLOGY},
    repository TEXT NOT NULL,
    half_life_years REAL,
    curve TEXT NOT NULL,
    lines INTEGER NOT NULL,
    commits INTEGER NOT NULL,{_EVIDENCE},
    PRIMARY KEY (technology, repository)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE packages (
    ecosystem TEXT NOT NULL,
    package TEXT NOT NULL,
    label TEXT NOT NULL,
    layer TEXT NOT NULL,
    technology TEXT REFERENCES technologies(key) ON DELETE SET NULL,
    PRIMARY KEY (ecosystem, package)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE tenure_repositories (
    repository TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    started_on TEXT,
    observed_until TEXT NOT NULL,
    origin TEXT NOT NULL DEFAULT 'shipped' CHECK (origin IN ('shipped', 'user'))
) STRICT""",
    """CREATE TABLE tenures (
    id INTEGER PRIMARY KEY,
    repository TEXT NOT NULL REFERENCES tenure_repositories(repository) ON DELETE CASCADE,
    technology TEXT REFERENCES technologies(key) ON DELETE SET NULL,
    ecosystem TEXT NOT NULL,
    package TEXT NOT NULL,
    scope TEXT NOT NULL,
    added_on TEXT NOT NULL,
    removed_on TEXT,
    is_left_truncated INTEGER NOT NULL,
    removed_how TEXT NOT NULL DEFAULT ''
) STRICT""",
    f"""CREATE TABLE tenure_counts (
    technology {_OF_TECHNOLOGY},
    repository_kind TEXT NOT NULL,
    spells INTEGER NOT NULL,
    removals INTEGER NOT NULL,
    repositories INTEGER NOT NULL,
    years_to_3_months REAL NOT NULL,
    years_3_to_6_months REAL NOT NULL,
    years_half_to_2_years REAL NOT NULL,
    years_2_to_4_years REAL NOT NULL,
    years_over_4_years REAL NOT NULL,
    PRIMARY KEY (technology, repository_kind)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE summaries (
    technology TEXT PRIMARY KEY REFERENCES technologies(key) ON DELETE CASCADE,
    cycles INTEGER NOT NULL,
    releases INTEGER NOT NULL,
    spells INTEGER NOT NULL,
    newest_cycle TEXT NOT NULL,
    newest_cycle_on TEXT,
    median_gap_days REAL
) STRICT""",
    f"""CREATE TABLE derived_profiles (
    technology {_OF_TECHNOLOGY},
    model_version TEXT NOT NULL,
    as_of TEXT NOT NULL,
    figures TEXT NOT NULL,
    PRIMARY KEY (technology, model_version, as_of)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE user_facts (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL UNIQUE,
    added_on TEXT NOT NULL,
    facts TEXT NOT NULL
) STRICT""",
    """CREATE VIRTUAL TABLE technology_search USING fts5 (
    name, key, aliases, purls, keywords,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
)""",
    "CREATE INDEX tenures_by_technology ON tenures(technology)",
    "CREATE INDEX tenures_by_repository ON tenures(repository)",
    "CREATE INDEX packages_by_technology ON packages(technology)",
    "CREATE INDEX aliases_by_technology ON aliases(technology)",
    "CREATE INDEX purls_by_technology ON purls(technology)",
)

VIEWS = {
    "technologies_overview": """SELECT t.key, t.name, t.layer, t.generation, t.nature,
    s.newest_cycle, s.newest_cycle_on,
    round(s.median_gap_days / 365.25, 2) AS median_gap_years,
    s.cycles, s.releases, s.spells AS tenure_spells, e.ended_on,
    t.source, t.retrieved_on, t.confidence, t.origin
FROM technologies t
LEFT JOIN summaries s ON s.technology = t.key
LEFT JOIN ends e ON e.technology = t.key
ORDER BY t.name COLLATE NOCASE""",
    "cycles_readable": """SELECT t.name AS technology, c.cycle, c.released_on, c.support_ends_on,
    c.support, CASE c.is_lts WHEN 1 THEN 'LTS' ELSE '' END AS lts,
    CASE c.is_breaking WHEN 1 THEN 'breaking' WHEN 0 THEN 'compatible' ELSE 'unknown' END
        AS change,
    c.source, c.retrieved_on, c.confidence, c.origin, c.note
FROM cycles c JOIN technologies t ON t.key = c.technology
ORDER BY t.name COLLATE NOCASE, c.position""",
    "tenures_readable": """SELECT s.repository, r.kind AS repository_kind, s.ecosystem, s.package,
    s.technology, s.added_on, coalesce(s.removed_on, 'still there on ' || r.observed_until)
        AS removed_on,
    s.removed_how,
    CASE s.is_left_truncated WHEN 1 THEN 'beginning not seen' ELSE '' END AS note, r.origin
FROM tenures s JOIN tenure_repositories r ON r.repository = s.repository
ORDER BY s.repository, s.ecosystem, s.package, s.added_on""",
    "user_facts_readable": """SELECT id, subject, added_on,
    json_array_length(facts, '$.cycles') AS cycles,
    json_array_length(facts, '$.releases') AS releases,
    json_array_length(facts, '$.tenures') AS tenures,
    json_extract(facts, '$.source.title') AS source
FROM user_facts ORDER BY id""",
}
