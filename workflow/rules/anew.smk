# Needs: the jobs of the run. Makes: those anew whose results are of other settings,
# sources or places than what the configuration asks for, whatever Snakemake has noted:
# its notes may be lost, and results may be copied. Networks, figures, claims and pages
# hold no settings; they follow from the files that they are made of.

from snakemake.settings.types import RerunTrigger

from pixelwalk.config import outdated

build_dag = workflow._build_dag


def folder_of(job):
    """Give the folder of the file with the rule of a job."""
    return job.rule.basedir.get_path_or_uri(secret_free=True)


def build_dag_with_stamps():
    """Build the DAG, in which results with another stamp than is expected are forced.

    Not by `--forcerun`, which would add such files to what is asked for.
    """
    if RerunTrigger.PARAMS not in workflow.rerun_triggers:
        return build_dag()
    dag = workflow.dag
    update_needrun = dag.update_needrun

    async def force(*arguments, **options):
        jobs = [
            job
            for level in dag.toposorted()
            for job in level
            if completion.is_ours(folder_of(job))
        ]
        files = outdated.find(jobs)
        for line in outdated.reasons(files) if files else ():
            print(line, file=sys.stderr)
        dag.forcefiles.update(files)
        await update_needrun(*arguments, **options)

    dag.update_needrun = force
    return build_dag()


# Jobs on a cluster, and those of their own processes, do what they are told.
if workflow.is_main_process:
    workflow._build_dag = build_dag_with_stamps
