// Header rows of the Medicare Coverage Database's exports, as its data dictionary orders them, for what writes exports.

/** Columns of the tables by member name; of the export of articles, of the one of LCDs, and of both. */
export const mcdHeaders = {
  article: {
    'article.csv':
      'article_id,article_version,article_type,title,article_pub_date,article_eff_date,article_end_date,description,' +
      'other_comments,sad_url,status,last_updated,history_exp,key_article,icd9_covered_para,icd9_noncovered_para,' +
      'revenue_para,thirty_percent,article_rev_end_date,source_article_id,date_retired,keywords,icd10_doc,' +
      'add_icd10_info,cms_cov_policy,display_id,reference_article',
    'article_future_retire.csv': 'article_id,retire_dt',
    'article_related_documents.csv':
      'article_id,article_version,related_num,r_article_id,r_article_version,r_lcd_id,r_lcd_version,r_contractor_id,last_updated',
    'article_x_contractor.csv':
      'article_id,article_version,article_type,contractor_id,contractor_type_id,contractor_version,last_updated',
    'article_x_hcpc_code.csv':
      'article_id,article_version,hcpc_code_id,hcpc_code_version,hcpc_code_group,range,last_updated,long_description,short_description',
    'article_x_hcpc_code_group.csv':
      'article_id,article_version,hcpc_code_group,paragraph,last_updated',
    'article_x_icd10_covered.csv':
      'article_id,article_version,icd10_code_id,icd10_code_version,icd10_covered_group,range,last_updated,sort_order,description,asterisk',
    'article_x_icd10_covered_group.csv':
      'article_id,article_version,icd10_covered_group,paragraph,last_updated,icd10_covered_ast',
    'article_x_icd10_noncovered.csv':
      'article_id,article_version,icd10_code_id,icd10_code_version,icd10_noncovered_group,range,last_updated,sort_order,description',
    'article_x_icd10_noncovered_group.csv':
      'article_id,article_version,icd10_noncovered_group,paragraph,last_updated',
    'article_x_primary_jurisdiction.csv': 'article_id,article_version,state_id,last_updated',
    'article_x_revision_history.csv':
      'article_id,article_version,rev_hist_num,rev_hist_date,rev_hist_exp,last_updated',
    'update_period.csv': 'period_id,begin_date,end_date',
  },
  lcd: {
    'lcd.csv':
      'lcd_id,lcd_version,display_id,title,determination_number,cms_cov_policy,orig_det_eff_date,ent_det_end_date,' +
      'rev_eff_date,rev_end_date,indication,diagnoses_support,diagnoses_dont_support,coding_guidelines,doc_reqs,' +
      'util_guide,notice_start_dt,notice_end_dt,history_exp,status,last_updated,date_retired,associated_info,' +
      'synopsis_changes,bibliography,summary_of_evidence,analysis_of_evidence,mcd_publish_date,issue,issue_change',
    'lcd_future_retire.csv': 'lcd_id,retire_dt',
    'lcd_related_documents.csv':
      'lcd_id,lcd_version,related_num,r_article_id,r_article_version,r_lcd_id,r_lcd_version,r_contractor_id,last_updated',
    'lcd_x_contractor.csv':
      'lcd_id,lcd_version,contractor_id,contractor_type_id,contractor_version,last_updated',
    'lcd_x_primary_jurisdiction.csv': 'lcd_id,lcd_version,state_id,last_updated',
    'lcd_x_revision_history.csv':
      'lcd_id,lcd_version,rev_hist_num,rev_hist_date,rev_hist_exp,last_updated',
    'update_period.csv': 'period_id,begin_date,dis_end_date',
  },
  both: {
    'contractor.csv':
      'contractor_id,contractor_type_id,contractor_version,contractor_bus_name,contractor_number,dmerc_rgn,status,last_updated',
    'contractor_jurisdiction.csv':
      'contractor_id,contractor_type_id,contractor_version,state_id,last_updated,active_date,term_date',
    'state_lookup.csv': 'state_id,state_abbrev,description',
  },
} as const;
