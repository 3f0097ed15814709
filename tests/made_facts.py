"""A small folder of collected facts with every trap in it, and the data built from it."""

from pathlib import Path

from stack_half_life.services.build_data import build_data

_FILES = {
    "endoflife_cycles.csv": """\
product,title,category,tags,cycle,release_date,lts,lts_date,eoas_date,eol_date,eol_flag,\
discontinued_date,latest,latest_release_date
python,Python,lang,,3.10,2021-10-04,False,,,2026-10-31,,,3.10.9,2026-01-01
python,Python,lang,,3.9,2020-10-05,False,,,2025-10-31,,,3.9.9,2025-01-01
python,Python,lang,,2.7,2010-07-03,True,,,,True,,2.7.18,2020-04-20
react,React,framework,javascript-runtime,19,2024-12-05,False,,,,False,,19.1,2026-01-01
react,React,framework,javascript-runtime,18,2022-03-29,False,,,,,,18.3,2025-01-01
flask,Flask,framework,python-runtime,3.0,2023-09-30,False,,,,False,,3.0.1,2024-01-01
nvidia-gpu,NVIDIA GPUs,device,nvidia,ampere,2020-09,False,,,,False,,,
tls,TLS,standard,ietf,1.3,2018-08-13,False,,,,False,,,
redis,Redis,database,,7,2022-04-27,False,,,2026-02-28,,,7.2,2026-01-01
redis,Redis,database,,7-copy,2022-04-27,False,,,2026-02-28,,,7.2,2026-01-01
""",
    "endoflife_vintages.csv": """\
vintage,product,pid,cycle,release_date,lts,eol_date,eol_flag,latest,latest_release_date
2024,python,python,3.9,2020-10-05,False,2025-10-05,,3.9.1,2023-01-01
2025,python,python,3.9,2020-10-05,False,2025-10-05,,3.9.2,2024-01-01
2026,python,python,3.9,2020-10-05,False,2025-10-31,,3.9.3,2025-01-01
2024,redis-old,redis,6,2020-04-30,False,,False,6.2,2023-01-01
head,python,python,3.9,2020-10-05,False,2025-10-31,,3.9.9,2025-01-01
""",
    "technology_versions.csv": """\
technology,version_or_generation,release_date,end_of_support_date,breaking,source,confidence,\
layer,note
CUDA toolkit,3.0,2010-03,,yes,(public notes listing archive months),high,hardware-interface,\
superseded 2010-06 by 3.1
CUDA toolkit,3.1,2010-06,,no,(public notes listing archive months),high,hardware-interface,
Google TPU,v1,2015,,unknown,general knowledge (unverified),low,hardware-interface,announced
PyTorch,2.0,2023-03-15,,yes,pytorch/pytorch git tags,high,framework,
""",
    "hosted_models.csv": """\
provider,model,family,release_date,deprecation_announced,shutdown_date,recommended_successor,\
source,confidence,note
OpenAI,gpt-4,gpt-4,2023-03-14,2026-04-22,2026-10-23,gpt-5,a/b:x.md,high,
OpenAI,gpt-4-0613,gpt-4,2023-06-13,2026-04-22,2026-10-23,gpt-5,a/b:x.md,high,
OpenAI,gpt-4.1,gpt-4.1,2025-04-14,,2027-01-14,,a/b:x.md,high,
OpenAI,gpt-4.1-2025-04-14,gpt-4.1,2025-04-14,,2027-01-14,,a/b:x.md,high,
OpenAI,gpt-5,gpt-5,2025-08-07,,,,a/b:x.md,high,
OpenAI,no-dates,gpt-5,,,,,a/b:x.md,high,
Acme (open weights),Acme 1,acme,2024-02,,,,a/b:x.md,medium,
Acme,lyria-3-pro,,2026-03-25,,,,a/b:x.md,low,
""",
    "repositories.csv": """\
repo,project,kind,first_commit,last_commit,observed_until,commits,note
redis/redis,redis/redis,fetched,2009-03-22,2024-10-18,2024-10-18,12272,
acme/attention,acme/attention,fetched; no tags,2023-09-29,2024-07-11,2024-08-09,35,
old/fork,new/project,partial: old-owner snapshot standing in,2020-01-01,2021-01-01,2021-02-01,9,
acme/peft,acme/peft,primary,2022-11-25,2026-08-21,2026-08-22,1863,
""",
    "releases.csv": """\
repo,version,released_on,tag
redis/redis,7.0.0,2022-04-27,7.0.0
redis/redis,0.9.0,,0.9.0
acme/peft,0.0.1,2023-01-19,v0.0.1
acme/peft,0.1.0,2023-02-10,v0.1.0
acme/peft,0.1.1,2023-03-10,v0.1.1
acme/peft,1.0.0,2024-03-10,v1.0.0
""",
    "technology_ends.csv": """\
technology,layer,born,died,kind_of_end,successor,source,confidence,stack,note
Peft,training,2022,2025-05,archived,Other,a/b git history,medium,AI,born = first commit
OpenAI gpt-4,model,2023-03-14,2026-10-23,EOL,gpt-5,a/b:x.md,high,AI,
Old Thing (CNCF),os/runtime,2001,2010-01-02,archived,,npmjs.example/old,low,classical,
""",
    "dependency_tenures.csv": """\
repo,repo_kind,ecosystem,package,scope,added,removed,left_truncated,removed_how,repo_start,\
observed_until
"""
    + "".join(
        f"owner/r{number},{kind},{ecosystem},{package},runtime,2020-01-01,{removed},{cut},"
        f"{how},2020-01-01,2023-01-01\n"
        for ecosystem, package in (
            ("npm", "react"),
            ("npm", "nan"),
            ("pypi", "peft"),
            ("pypi", "redis"),
            ("pypi", "numpy"),
        )
        for number, (kind, removed, cut, how) in enumerate(
            (
                ("ai", "2020-07-01", "0", "line"),
                ("ai", "", "0", ""),
                ("classic", "2022-01-01", "0", "manifest"),
                ("classic", "", "1", ""),
                ("infra", "", "0", ""),
                ("infra", "2020-02-01", "0", "bulk"),
            )
        )
    )
    + "".join(
        f"owner/r{number},ai,npm,ancient,runtime,2020-01-01,,1,,2020-01-01,2023-01-01\n"
        for number in range(8)
    )
    + "owner/r1,ai,pypi,rare,runtime,2020-01-01,,0,,2020-01-01,2023-01-01\n"
    + "hosts/packages.org,classic,docker,index.docker.example/library/redis,runtime,"
    "2020-01-01,,0,,2020-01-01,2023-01-01\n",
    "dependency_layers.csv": """\
ecosystem,package,layer,repos,spells
npm,react,frontend,6,6
npm,nan,utility,6,6
pypi,peft,ml_lib,6,6
pypi,redis,db_driver,6,6
pypi,numpy,sci_data,6,6
""",
}

_CURATION = """\
left_out = []

[same]
cuda = ["versions:CUDA toolkit"]
redis = ["endoflife:redis", "repository:redis/redis", "docker:redis"]

old-thing-alone = ["npm:ancient"]

[layers]
hardware-interface = ["cuda"]

[aliases]
python = ["cpython", "PY"]
redis = ["remote dictionary server"]

[purls]
python = ["pkg:generic/python"]

[keywords]
react = ["user interface"]
"""


def write_made_facts(folder: Path) -> Path:
    """Write the facts into a folder, which is returned."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in _FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def made_data(folder: Path) -> Path:
    """A data folder built from the made facts: `folder/data`."""
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    (data / "curation.toml").write_text(_CURATION, encoding="utf-8")
    build_data(write_made_facts(folder / "facts"), data)
    return data
